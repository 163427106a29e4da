package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.EvenSelection;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageException;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.stylise.ColourTransport;
import org.tiepoint.stylise.ContactSheet;
import org.tiepoint.stylise.EitherStyliser;
import org.tiepoint.stylise.Light;
import org.tiepoint.stylise.NetworkStyliser;
import org.tiepoint.stylise.Relighting;
import org.tiepoint.stylise.Styliser;
import org.tiepoint.stylise.StylisedFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Copies of photos in another light. */
@Command(name = "stylise", description = {
    "Write copies of photos in another light, season or weather, edges in place: training data for hndesc.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint stylise --images photos --out photos-stylised",
            "  tiepoint stylise --images photos --exemplars dusk --out photos-stylised --contact-sheet look.png",
            "  tiepoint stylise --images photos --network style.onnx --exemplars dusk --out photos-stylised",
            "",
            "A copy takes its colours from an exemplar (optimal transport) or is lit anew: another exposure and",
            "white balance, night with lamps, haze, a low sun. photos/a/1.jpg becomes photos-stylised/a/1.jpg, as",
            "HNDesc's released code reads it; formats other than JPEG and PNG become 1.tif.png.",
            "",
            "A network is an ONNX file: photo in, copy out, both 1 x 3 x H x W, RGB in [0, 1], sides multiples",
            "of 32; a second input gets an exemplar. Only its change of colour is taken over.",
            "",
            "Copies that are already there stay: run again after a stop to go on. A photo that cannot be read is",
            "reported and left out; the exit code is then 1."})
final class StyliseCommand implements Callable<Integer> {
    private static final int SHEET_ROWS = 8;
    private static final int SHEET_DRAWS = 4;
    private static final int SHEET_CELL = 240;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-i", "--images"}, required = true, paramLabel = "DIR",
            description = "Folder of photos: JPEG, PNG, TIFF, WebP and PNM, in subfolders too.")
    private Path images;

    @Option(names = {"-e", "--exemplars"}, paramLabel = "DIR",
            description = "Folder of photos whose colours are wanted; without it photos are only lit anew.")
    private Optional<Path> exemplars;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "DIR",
            description = "Folder for the copies, not below the photos.")
    private Path out;

    @Option(names = {"-n", "--network"}, paramLabel = "FILE",
            description = "Stylisation network (ONNX) in place of optimal transport.")
    private Optional<Path> network;

    @Option(names = "--relight", paramLabel = "SHARE",
            description = "Share of photos that are lit anew, 0 to 1 (default: 0.5 with exemplars or a network, 1"
                    + " without).")
    private Optional<Double> relight;

    @Option(names = "--lights", paramLabel = "NAME", split = ",", defaultValue = "daylight,night,haze,sunset",
            description = "Lights to choose from (default: daylight,night,haze,sunset).")
    private List<Light> lights;

    @Option(names = "--contact-sheet", paramLabel = "FILE",
            description = "Also draw up to eight photos, each with its copy and four other draws, into this PNG.")
    private Optional<Path> sheet;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed of all draws (default: 1).")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (default: one a processor).")
    private Optional<Integer> threads;

    @Override
    public Integer call() throws IOException {
        boolean lit = exemplars.isEmpty() && network.isEmpty();
        double share = relight.orElse(lit ? 1.0 : 0.5);
        int workers = threads.orElse(Runtime.getRuntime().availableProcessors());
        if (workers < 1) {
            throw new ParameterException(spec.commandLine(), "--threads is " + workers + ": it must be at least 1");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new ParameterException(spec.commandLine(), "--relight is " + share + ": it must be 0 to 1");
        }
        if (lit && share < 1) {
            throw new ParameterException(spec.commandLine(), "--relight below 1 needs --exemplars or --network for the"
                    + " other photos");
        }
        StylisedFolder folder = Arguments.accept(spec, () -> new StylisedFolder(images, out));
        ImageFolder photos = ImageFolder.list(images);
        Relighting relighting = new Relighting(lights);
        if (lit) {
            return run(photos, folder, relighting, share, workers);
        }
        Iterable<Image> looks = exemplars.isEmpty() ? List.of() : reading(ImageFolder.list(exemplars.get()));
        if (network.isEmpty()) {
            return run(photos, folder, new EitherStyliser(ColourTransport.towards(looks), relighting, share), share,
                    workers);
        }
        try (NetworkStyliser loaded = NetworkStyliser.load(network.get(), looks)) {
            return run(photos, folder, new EitherStyliser(loaded, relighting, share), share, workers);
        }
    }

    private int run(ImageFolder photos, StylisedFolder folder, Styliser styliser, double share, int workers)
            throws IOException {
        new StylisationSettings(exemplars.map(Path::toString).orElse(""), network.map(Path::toString).orElse(""),
                share, lights.toString().toLowerCase(Locale.ROOT), seed).claim(out);
        FolderStylisation.Summary summary;
        try (Progress progress = Progress.start("stylise", photos.names().size(), "photos",
                spec.commandLine().getErr())) {
            summary = new FolderStylisation(photos, folder, styliser, seed).run(workers, progress, spec.commandLine());
        }
        PrintWriter print = spec.commandLine().getOut();
        print.printf(Locale.ROOT, "photos: %d stylised, %d already there, %d unreadable, in %s%n",
                summary.stylised(), summary.skipped(), summary.failed(), out);
        if (sheet.isPresent()) {
            ImageWriter.writePng(sheet(photos, folder, styliser), sheet.get());
            print.println("contact sheet: " + sheet.get());
        }
        print.flush();
        return summary.failed() == 0 ? 0 : 1;
    }

    /** Photos evenly spread over the list, as far as they have copies. */
    private Image sheet(ImageFolder photos, StylisedFolder folder, Styliser styliser) throws ImageException {
        List<Path> there = photos.names().stream().map(photos::file).filter(file -> folder.find(file).isPresent())
                .toList();
        if (there.isEmpty()) {
            throw new ImageException(images, "none of these photos has a copy that a contact sheet could show");
        }
        List<List<Image>> rows = new ArrayList<>();
        for (Path file : EvenSelection.of(there, SHEET_ROWS)) {
            Image photo = ImageReader.read(file);
            List<Image> row = new ArrayList<>(List.of(photo, ImageReader.read(folder.copyOf(file))));
            for (int draw = 1; draw <= SHEET_DRAWS; draw++) {
                row.add(styliser.stylise(photo, FolderStylisation.seed(seed + draw, file.toString())));
            }
            rows.add(row);
        }
        return ContactSheet.of(rows, SHEET_CELL);
    }

    /** Reads one image after the other. */
    private static Iterable<Image> reading(ImageFolder folder) {
        return () -> folder.names().stream().map(name -> {
            try {
                return ImageReader.read(folder.file(name));
            } catch (ImageException e) {
                throw new UncheckedIOException(e);
            }
        }).iterator();
    }
}
