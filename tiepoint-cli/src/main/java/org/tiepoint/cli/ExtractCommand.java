package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Extractor;
import org.tiepoint.interop.colmap.ColmapDatabase;
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
            "  tiepoint extract --images photos --model runs/small --database scene.db",
            "  tiepoint extract --images photos --model runs/detector --out features --pictures look",
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
            "pictures: photos/a/1.jpg becomes look/a/1.jpg.png: a circle around each key point, the larger the",
            "higher its score ranks, and beside it the score of every pixel where a network gives one (scfeat,",
            "posfeat, xfeat, alike), by its logarithm: black up to the median, white for one in a thousand.",
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

    @Option(names = {"-o", "--out"}, paramLabel = "PATH",
            description = "Folder for the features; with --format h5 the file (default with --database: its name with"
                    + " .features).")
    private Optional<Path> given;

    private Path out;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "npz",
            description = "Format of the features: npz, h5 (hloc's) or colmap-text (default: npz).")
    private FeatureFormat format;

    @Option(names = "--half", description = "h5: descriptors and scores as float16, half the size.")
    private boolean half;

    @Option(names = "--pictures", paramLabel = "DIR",
            description = "Also draw the key points of every image, and the detector's scores, into this folder.")
    private Optional<Path> pictures;

    @Option(names = {"-d", "--database"}, paramLabel = "FILE",
            description = "Also put the images with their cameras and key points into this COLMAP database.")
    private Optional<Path> database;

    @Mixin
    private CameraOptions cameras;

    @Override
    public Integer call() throws IOException {
        out = given.or(() -> database.map(FeatureFiles::beside)).orElseThrow(() ->
                new ParameterException(spec.commandLine(), "Missing required option: '--out=PATH'"));
        if (database.isPresent() && format == FeatureFormat.COLMAP_TEXT) {
            throw new ParameterException(spec.commandLine(), "--database takes features of --format npz or h5");
        }
        if (half && format != FeatureFormat.H5) {
            throw new ParameterException(spec.commandLine(), "--half is for --format h5");
        }
        if (pictures.isPresent() && absolute(pictures.get()).startsWith(absolute(images))) {
            throw new ParameterException(spec.commandLine(), "--pictures " + pictures.get() + " lies in --images, where"
                    + " the pictures would be taken for photos: name a folder elsewhere");
        }
        List<Path> files = list();
        PrintWriter err = spec.commandLine().getErr();
        FolderExtraction.Summary summary;
        // the model first: one that does not load must not claim the place of the features
        try (Extractor extractor = keypoints.openForFolder(model.features());
                FeatureSink sink = sink(extractor);
                Progress progress = Progress.start("extract", files.size(), "images", err)) {
            summary = FolderExtraction.run(images, files.stream().map(this::name).toList(), sink, extractor, progress,
                    spec.commandLine());
            sink.finish();
        }
        PrintWriter print = spec.commandLine().getOut();
        print.printf(Locale.ROOT, "images: %d extracted, %d already there, %d unreadable, in %s%n",
                summary.extracted(), summary.skipped(), summary.failed(), out);
        pictures.ifPresent(folder -> print.println("pictures: " + folder));
        if (database.isPresent()) {
            enrol(files, database.get(), print);
        }
        print.flush();
        return summary.failed() == 0 ? 0 : 1;
    }

    private FeatureSink sink(Extractor extractor) throws IOException {
        ExtractionSettings settings = ExtractionSettings.of(model.features(), keypoints);
        FeatureSink features = format.open(out, half, settings);
        return pictures.isPresent() ? FeaturePictures.beside(features, pictures.get(), settings, extractor) : features;
    }

    /** Puts every image that has features into a COLMAP database. */
    private void enrol(List<Path> files, Path target, PrintWriter print) throws IOException {
        try (FeatureFiles features = FeatureFiles.open(out);
                ColmapDatabase opened = cameras.open(target)) {
            List<String> names = files.stream().map(this::name).filter(features::has).toList();
            int added = cameras.enrol(opened, images, names, features);
            print.printf(Locale.ROOT, "database: %d images added, %d already there, in %s%n", added,
                    names.size() - added, target);
        }
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
        Path result = absolute(out);
        try (Stream<Path> all = Files.walk(images)) {
            files = all.filter(file -> ENDINGS.contains(ending(file)) && Files.isRegularFile(file)
                    && !absolute(file).startsWith(result)).sorted().toList();
        }
        if (files.isEmpty()) {
            throw new DatasetException(images, "", "no images in this folder: files named .jpg, .png, .tif, .webp,"
                    + " .ppm, .pgm or .pbm are looked for, in subfolders too");
        }
        return files;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
