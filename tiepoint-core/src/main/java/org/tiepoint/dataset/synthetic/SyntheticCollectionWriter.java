package org.tiepoint.dataset.synthetic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.IntConsumer;
import org.tiepoint.dataset.ImagePair;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.geometry.Camera;
import org.tiepoint.image.ImageWriter;

/**
 * Renders a scene into the CAPS layout: {@code <folder>/<scene>/dense0/aligned/} with {@code images/000.png},
 * {@code img_cam.txt}, {@code pairs.txt} and, beyond the layout, {@code depth/000.npy} ({@link DepthMap}). Numbers are
 * written with all their digits. The two lists come last, so that a folder that was broken off is not taken for a
 * collection.
 */
public final class SyntheticCollectionWriter {
    private SyntheticCollectionWriter() {}

    /** As {@link #write(SyntheticScene, Path, IntConsumer)}, without a report of progress. */
    public static Path write(SyntheticScene scene, Path folder) throws IOException {
        return write(scene, folder, done -> { });
    }

    /**
     * Renders all views and writes them; files of an earlier run are replaced.
     *
     * @param folder   made where it is missing; several scenes may share it
     * @param progress receives the number of views written so far
     * @return the scene's folder, {@code <folder>/<scene>}
     */
    public static Path write(SyntheticScene scene, Path folder, IntConsumer progress) throws IOException {
        Path aligned = folder.resolve(scene.name()).resolve("dense0").resolve("aligned");
        Files.createDirectories(aligned.resolve("images"));
        Files.createDirectories(aligned.resolve("depth"));
        StringBuilder cameras = new StringBuilder("# name w h fx fy cx cy R(9, row-major, world to camera) t(3); "
                + "pixel (0, 0) is the centre of the top-left pixel; metres\n");
        for (int view = 0; view < scene.views(); view++) {
            RenderedView rendered = scene.render(view);
            ImageWriter.writePng(rendered.image(), aligned.resolve("images").resolve(imageName(view)));
            rendered.depth().write(depthFile(aligned, imageName(view)));
            cameras.append(cameraLine(imageName(view), rendered)).append('\n');
            progress.accept(view + 1);
        }
        StringBuilder pairs = new StringBuilder();
        for (ImagePair pair : OverlappingPairs.of(scene)) {
            pairs.append(imageName(pair.first())).append(' ').append(imageName(pair.second())).append('\n');
        }
        text(aligned.resolve("pairs.txt"), pairs);
        text(aligned.resolve("img_cam.txt"), cameras);
        return folder.resolve(scene.name());
    }

    /** Where the depth map of an image lies. */
    public static Path depthFile(Path aligned, String imageName) {
        int dot = imageName.lastIndexOf('.');
        return aligned.resolve("depth").resolve((dot < 0 ? imageName : imageName.substring(0, dot)) + ".npy");
    }

    private static String imageName(int view) {
        return String.format(Locale.ROOT, "%03d.png", view);
    }

    private static String cameraLine(String name, RenderedView view) {
        Camera camera = view.camera();
        StringJoiner line = new StringJoiner(" ");
        line.add(name).add("" + camera.width()).add("" + camera.height());
        for (double value : new double[] {camera.fx(), camera.fy(), camera.cx(), camera.cy()}) {
            line.add("" + value);
        }
        for (double value : view.pose().rotation()) {
            line.add("" + value);
        }
        for (double value : view.pose().translation()) {
            line.add("" + value);
        }
        return line.toString();
    }

    private static void text(Path file, CharSequence content) throws IOException {
        AtomicFile.write(file, out -> out.write(content.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
