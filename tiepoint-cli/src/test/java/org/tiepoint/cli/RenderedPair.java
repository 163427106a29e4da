package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.ImageWriter;

/** Two neighbouring rendered views as PNG files, and their true cameras. */
record RenderedPair(Path left, Path right, Camera camera, Pose relative) {
    static RenderedPair write(Path folder) throws IOException {
        SyntheticScene scene = SyntheticScene.create(SceneOptions.defaults().withViews(2).withSize(320, 240)
                .withLightChange(0));
        Path left = folder.resolve("left.png");
        Path right = folder.resolve("right.png");
        ImageWriter.writePng(scene.render(0).image(), left);
        ImageWriter.writePng(scene.render(1).image(), right);
        return new RenderedPair(left, right, scene.camera(0), scene.pose(0).to(scene.pose(1)));
    }

    /** The intrinsics as the command line takes them. */
    String intrinsics() {
        return camera.fx() + "," + camera.fy() + "," + camera.cx() + "," + camera.cy();
    }
}
