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
import org.tiepoint.image.ImageException;
import org.tiepoint.image.ImageReader;
import org.tiepoint.interop.numpy.CapsFeatureFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Key points and descriptors of a folder of images. */
@Command(name = "extract", description = {"Write key points and descriptors of every image in a folder.", ""},
        footer = {
            "",
            "Example:",
            "  tiepoint extract --images photos --model runs/small --out features",
            "",
            "photos/a/1.jpg becomes features/a/1.jpg.caps, an .npz archive as CAPS's own extraction writes it:",
            "keypoints (n x 2, x and y in pixels, (0, 0) the centre of the top-left pixel), scores (n),",
            "descriptors (n x d), all float32. In Python: numpy.load(\"features/a/1.jpg.caps\")[\"keypoints\"].",
            "",
            "Files that are already there and whole are left as they are. An image that cannot be read is",
            "reported and left out; the exit code is then 1."})
final class ExtractCommand implements Callable<Integer> {
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "tif", "tiff", "webp", "pbm", "pgm",
            "ppm");

    /** The formats of feature files. */
    enum Format { NPZ }

    @Spec
    private CommandSpec spec;

    @Option(names = {"-i", "--images"}, required = true, paramLabel = "DIR",
            description = "Folder of images: JPEG, PNG, TIFF, WebP and PNM, in subfolders too.")
    private Path images;

    @Mixin
    private ModelOption model;

    @Mixin
    private KeypointOptions keypoints;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "DIR", description = "Folder for the features.")
    private Path out;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "npz",
            description = "Format of the files: npz (default: npz).")
    private Format format;

    @Override
    public Integer call() throws IOException {
        List<Path> files = list();
        Files.createDirectories(out);
        ExtractionSettings.of(model, keypoints).claim(out);
        PrintWriter err = spec.commandLine().getErr();
        int failed = 0;
        int skipped = 0;
        try (Extractor extractor = keypoints.open(model.features());
                Progress progress = Progress.start("extract", files.size(), "images", err)) {
            for (Path file : files) {
                Path target = out.resolve(images.relativize(file) + ".caps");
                if (isComplete(target)) {
                    skipped++;
                    progress.skip(1);
                    continue;
                }
                try {
                    Files.createDirectories(target.toAbsolutePath().getParent());
                    CapsFeatureFile.write(target, extractor.extract(ImageReader.read(file)));
                } catch (ImageException e) {
                    failed++;
                    progress.note("tiepoint: " + new Failure(e, spec.commandLine()).line());
                }
                progress.step();
            }
        }
        PrintWriter print = spec.commandLine().getOut();
        print.printf(Locale.ROOT, "images: %d extracted, %d already there, %d unreadable, in %s%n",
                files.size() - skipped - failed, skipped, failed, out);
        print.flush();
        return failed == 0 ? 0 : 1;
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

    private static boolean isComplete(Path target) {
        if (!Files.exists(target)) {
            return false;
        }
        try {
            CapsFeatureFile.read(target);
            return true;
        } catch (DatasetException e) {
            return false;
        }
    }
}
