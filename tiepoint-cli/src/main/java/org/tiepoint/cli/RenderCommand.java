package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticCollectionWriter;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.image.ImageSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Renders posed scenes: data for a place without photos. */
@Command(name = "render", description = {
    "Render posed scenes: photos of computed town squares with exact poses and depths.", ""},
        footer = {
            "",
            "Example:",
            "  tiepoint render --out scenes --scenes 4 --views 16 --size 320x240",
            "",
            "A scene is a folder in the CAPS layout: images, img_cam.txt (intrinsics and world-to-camera",
            "poses, in pixels and metres), pairs.txt, and depth maps as .npy. The same seed gives the same",
            "scene to the last bit."})
final class RenderCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "DIR", description = "Folder for the scenes.")
    private Path out;

    private int scenes;

    @Option(names = "--scenes", paramLabel = "N", defaultValue = "4", description = "Scenes (default: 4).")
    private void setScenes(int n) {
        if (n < 1 || n > 10_000) {
            throw new ParameterException(spec.commandLine(), "--scenes is " + n + ": it must be 1 to 10000");
        }
        scenes = n;
    }

    @Option(names = "--views", paramLabel = "N", defaultValue = "12", description = "Cameras a scene (default: 12).")
    private int views;

    @Option(names = "--size", paramLabel = "WxH", defaultValue = "640x480", converter = ImageSizeForm.class,
            description = "Size of the photos in pixels (default: 640x480).")
    private ImageSize size;

    @Option(names = "--light-change", paramLabel = "SHARE", defaultValue = "0.4",
            description = "How much sun and exposure differ between views, 0 to 1 (default: 0.4).")
    private double lightChange;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Seed of the first scene; the next ones count up (default: 1).")
    private long seed;

    @Override
    public Integer call() throws IOException {
        SceneOptions options = Arguments.accept(spec, () -> SceneOptions.defaults().withViews(views)
                .withSize(size.width(), size.height()).withLightChange(lightChange));
        PrintWriter print = spec.commandLine().getOut();
        try (Progress progress = Progress.start("render", (long) scenes * views, "views",
                spec.commandLine().getErr())) {
            for (int i = 0; i < scenes; i++) {
                SyntheticScene scene = SyntheticScene.create(options.withSeed(seed + i));
                long before = (long) i * views;
                SyntheticCollectionWriter.write(scene, out, done -> progress.advanceTo(before + done));
            }
        }
        print.println("scenes: " + scenes + " of " + views + " views each, in " + out);
        print.flush();
        return 0;
    }
}
