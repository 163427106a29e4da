package org.tiepoint.dataset.synthetic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.tiepoint.dataset.CapsReader;
import org.tiepoint.dataset.DepthRange;
import org.tiepoint.dataset.preparation.CapsWriter;
import org.tiepoint.image.ImageWriter;

/**
 * Renders a scene into the CAPS layout: {@code <folder>/<scene>/dense0/aligned/} with {@code images/000.png}, the lists
 * of {@link CapsWriter} and, beyond the layout, {@code depth/000.npy} ({@link DepthMap}). The list of cameras comes
 * last, so that a folder that was broken off is not taken for a collection.
 */
public final class SyntheticCollectionWriter {
    private static final int DEPTHS_OF_A_VIEW = 20_000;

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
        Files.deleteIfExists(aligned.resolve(CapsReader.CAMERAS));
        List<CapsWriter.Entry> entries = new ArrayList<>();
        int sampled = 0;
        float[] depths = new float[scene.views() * DEPTHS_OF_A_VIEW];
        for (int view = 0; view < scene.views(); view++) {
            String name = String.format(Locale.ROOT, "%03d.png", view);
            RenderedView rendered = scene.render(view);
            ImageWriter.writePng(rendered.image(), aligned.resolve("images").resolve(name));
            rendered.depth().write(depthFile(aligned, name));
            entries.add(new CapsWriter.Entry(name, rendered.camera(), rendered.pose()));
            float[] z = rendered.depth().z();
            for (int i = 0; i < DEPTHS_OF_A_VIEW; i++) {
                depths[sampled++] = z[(int) ((long) i * z.length / DEPTHS_OF_A_VIEW)];
            }
            progress.accept(view + 1);
        }
        CapsWriter.write(aligned, entries, OverlappingPairs.of(scene), range(depths));
        return folder.resolve(scene.name());
    }

    /** Where the depth map of an image lies, in the {@code aligned} folder. */
    public static Path depthFile(Path aligned, String imageName) {
        int dot = imageName.lastIndexOf('.');
        return aligned.resolve("depth").resolve((dot < 0 ? imageName : imageName.substring(0, dot)) + ".npy");
    }

    /** Least, median and greatest depth without the sky; that of a scene of nothing but sky is CAPS's. */
    private static DepthRange range(float[] depths) {
        Arrays.sort(depths);
        int finite = Arrays.binarySearch(depths, Float.MAX_VALUE);
        int count = finite < 0 ? -finite - 1 : finite;
        return count == 0 ? DepthRange.CAPS
                : new DepthRange(depths[0], depths[count / 2], depths[count - 1]);
    }
}
