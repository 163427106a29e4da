package org.tiepoint.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.image.ImageWriter;

/** Photos of 640x480 pixels to measure on: from a folder, or rendered. */
final class Photos {
    static final int WIDTH = 640;
    static final int HEIGHT = 480;
    private static final int CHOICE = 4;
    private static final SceneOptions SCENE = SceneOptions.defaults().withSize(WIDTH, HEIGHT);

    private Photos() {}

    /**
     * Writes so many JPEG files, 000.jpg and on, into a new folder.
     *
     * @param from photos, of which some are taken at equal distances and cut to shape; where it is no folder, views of a
     *             scene are rendered
     */
    static void write(Path from, int count, Path into) throws IOException {
        write(images(from, count), into);
    }

    /** As {@link #write}, of several times as many those in which SIFT finds the most, so that all find enough. */
    static void writeRich(Path from, int count, Path into) throws IOException {
        List<Image> images = images(from, CHOICE * count);
        try (OpenCvSift sift = new OpenCvSift(Subject.KEYPOINTS)) {
            Map<Image, Integer> points = new IdentityHashMap<>();
            images.forEach(image -> points.put(image, sift.extract(image).keypoints().count()));
            write(images.stream().sorted(Comparator.comparing((Image image) -> -points.get(image))).limit(count)
                    .toList(), into);
        }
    }

    private static List<Image> images(Path from, int count) throws IOException {
        return Files.isDirectory(from) ? read(from, count) : rendered(count);
    }

    private static void write(List<Image> images, Path into) throws IOException {
        Files.createDirectories(into);
        for (int i = 0; i < images.size(); i++) {
            ImageWriter.writeJpeg(images.get(i), into.resolve(String.format(Locale.ROOT, "%03d.jpg", i)));
        }
    }

    /** Views of a rendered scene, each of which shows much of what the one before shows. */
    static List<Image> rendered(int count) {
        SyntheticScene scene = SyntheticScene.create(SCENE.withViews(count));
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(scene.render(i).image());
        }
        return images;
    }

    /** All images of a folder of {@link #write}. */
    static List<Image> load(Path folder) throws IOException {
        List<Image> images = new ArrayList<>();
        for (Path file : files(folder)) {
            images.add(ImageReader.read(file));
        }
        return images;
    }

    private static List<Image> read(Path folder, int count) throws IOException {
        List<Path> files = files(folder);
        if (files.size() < count) {
            throw new IOException(folder + ": has " + files.size() + " photos, " + count + " are needed");
        }
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(cut(ImageReader.read(files.get((int) ((long) i * files.size() / count)))));
        }
        return images;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png)")).sorted()
                    .toList();
        }
    }

    /** Resized until it just covers 640x480, and the middle of that. */
    static Image cut(Image image) {
        double scale = Math.max((double) WIDTH / image.width(), (double) HEIGHT / image.height());
        int width = Math.max(WIDTH, (int) Math.round(image.width() * scale));
        int height = Math.max(HEIGHT, (int) Math.round(image.height() * scale));
        byte[] all = ImageResizer.resize(image, width, height).rgb();
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            int from = (y + (height - HEIGHT) / 2) * width + (width - WIDTH) / 2;
            System.arraycopy(all, 3 * from, rgb, 3 * y * WIDTH, 3 * WIDTH);
        }
        return new Image(WIDTH, HEIGHT, rgb);
    }
}
