package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Extractor;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageException;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Key points and descriptors of a folder of images. */
@Command(name = "extract", description = {"Write key points and descriptors of every image in a folder.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint extract --images photos --model runs/small --out features",
            "  tiepoint extract --images photos --model runs/small --format h5 --out features.h5",
            "",
            "npz: photos/a/1.jpg becomes features/a/1.jpg.caps, an .npz archive as CAPS writes it: keypoints",
            "(n x 2, x and y in pixels, (0, 0) the centre of the top-left pixel), scores (n), descriptors",
            "(n x d), all float32. In Python: numpy.load(\"features/a/1.jpg.caps\")[\"keypoints\"].",
            "",
            "h5: one HDF5 file, as hloc writes and reads it: the group a/1.jpg has keypoints (n x 2, as",
            "above, with the attribute uncertainty), descriptors (d x n), scores (n) and image_size.",
            "",
            "colmap-text: photos/a/1.jpg becomes features/a/1.jpg.txt, for 'colmap feature_importer'. COLMAP",
            "takes 128 unsigned bytes as a descriptor and nothing else: those of rootsift and sift are kept;",
            "other methods leave zeros, and their matches have to be given to COLMAP too.",
            "",
            "What is already there and whole is left as it is; a run that was cut off goes on. An image that",
            "cannot be read is reported and left out; the exit code is then 1."})
final class ExtractCommand implements Callable<Integer> {
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "tif", "tiff", "webp", "pbm", "pgm",
            "ppm");

    @Spec
    private CommandSpec spec;

    @Option(names = {"-i", "--images"}, required = true, paramLabel = "DIR",
            description = "Folder of images: JPEG, PNG, TIFF, WebP and PNM, in subfolders too.")
    private Path images;

    @Mixin
    private ModelOption model;

    @Mixin
    private KeypointOptions keypoints;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "PATH",
            description = "Folder for the features; with --format h5 the file.")
    private Path out;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "npz",
            description = "Format of the features: npz, h5 (hloc's) or colmap-text (default: npz).")
    private FeatureFormat format;

    @Option(names = "--half", description = "h5: descriptors and scores as float16, half the size.")
    private boolean half;

    @Override
    public Integer call() throws IOException {
        if (half && format != FeatureFormat.H5) {
            throw new ParameterException(spec.commandLine(), "--half is for --format h5");
        }
        List<Path> files = list();
        PrintWriter err = spec.commandLine().getErr();
        int failed = 0;
        int skipped = 0;
        try (FeatureSink sink = format.open(out, half, ExtractionSettings.of(model, keypoints));
                Extractor extractor = keypoints.open(model.features());
                Progress progress = Progress.start("extract", files.size(), "images", err)) {
            for (Path file : files) {
                String name = name(file);
                if (sink.contains(name)) {
                    skipped++;
                    progress.skip(1);
                    continue;
                }
                try {
                    Image image = ImageReader.read(file);
                    sink.write(name, new ImageSize(image.width(), image.height()), extractor.extract(image));
                } catch (ImageException e) {
                    failed++;
                    progress.note("tiepoint: " + new Failure(e, spec.commandLine()).line());
                }
                progress.step();
            }
            sink.finish();
        }
        PrintWriter print = spec.commandLine().getOut();
        print.printf(Locale.ROOT, "images: %d extracted, %d already there, %d unreadable, in %s%n",
                files.size() - skipped - failed, skipped, failed, out);
        print.flush();
        return failed == 0 ? 0 : 1;
    }

    /** The path below the image folder, with '/'. */
    private String name(Path file) {
        return images.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    private List<Path> list() throws IOException {
        if (!Files.isDirectory(images)) {
            throw new DatasetException(images, "", Files.exists(images)
                    ? "is no folder: name the folder around the images" : "no such folder: check the path");
        }
        List<Path> files;
        Path result = out.toAbsolutePath().normalize();
        try (Stream<Path> all = Files.walk(images)) {
            files = all.filter(file -> ENDINGS.contains(ending(file)) && Files.isRegularFile(file)
                    && !file.toAbsolutePath().normalize().startsWith(result)).sorted().toList();
        }
        if (files.isEmpty()) {
            throw new DatasetException(images, "", "no images in this folder: files named .jpg, .png, .tif, .webp,"
                    + " .ppm, .pgm or .pbm are looked for, in subfolders too");
        }
        return files;
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
