package org.tiepoint.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tiepoint.evaluation.Machine;

/**
 * Times {@code tiepoint extract} over many photos of 640x480, as a process, files read and written. The rate is that
 * between a quarter of the photos and all of them, so that the start does not count; the rate of one core is that of the
 * same command when Java sees one processor. Every quarter has the same photos.
 */
final class ThroughputMeasurement {
    private static final int DISTINCT = 25;

    private final Plan plan;
    private final Path model;

    private ThroughputMeasurement(Plan plan, Path model) {
        this.plan = plan;
        this.model = model;
    }

    static Results run(Plan plan) throws IOException {
        Path model = plan.models().get(Plan.SMALL);
        return model == null ? new Results(Group.THROUGHPUT.word(), Environment.text(), List.of(),
                List.of("throughput of extract: no " + Plan.SMALL + " was given"))
                : new ThroughputMeasurement(plan, model).run();
    }

    private Results run() throws IOException {
        Path distinct = plan.work().resolve("distinct");
        Photos.write(plan.photoSource(), DISTINCT, distinct);
        int quarter = plan.photos() / 4;
        // in an order that a slow drift of the machine hits alike
        double oneQuarter = extract(distinct, quarter, 1).seconds();
        double allQuarter = extract(distinct, quarter, 0).seconds();
        double allHalf = extract(distinct, 2 * quarter, 0).seconds();
        TiepointProcess.Run whole = extract(distinct, 4 * quarter, 0);
        double oneHalf = extract(distinct, 2 * quarter, 1).seconds();
        double rate = 3 * quarter / (whole.seconds() - allQuarter);
        double oneCore = quarter / (oneHalf - oneQuarter);
        int cores = Machine.current().cores();
        double linearity = (whole.seconds() - allHalf) / (2 * (allHalf - allQuarter));
        String what = "extract, " + plan.photos() + " photos of 640x480, " + Plan.SMALL + ", files read and written";
        return new Results(Group.THROUGHPUT.word(), Environment.text(), List.of(
                new Row(what, format("%.1f photos/s", rate), format("%d cores x %.1f photos/s of one", cores, oneCore),
                        format("%.2f", rate / (cores * oneCore))),
                new Row("extract, seconds a photo in the second half", format("%.1f ms",
                        1000 * (whole.seconds() - allHalf) / (2 * quarter)), format("second quarter: %.1f ms",
                        1000 * (allHalf - allQuarter) / quarter), format("%.2f", linearity)),
                Row.alone("extract, resident memory after a tenth, half and all of the time", memory(whole))),
                List.of());
    }

    private static String memory(TiepointProcess.Run run) {
        return run.resident().isEmpty() ? "not told by this system" : format("%d, %d, %d MB",
                run.residentMegabytes(0.1).getAsLong(), run.residentMegabytes(0.5).getAsLong(),
                run.residentMegabytes(1).getAsLong());
    }

    private TiepointProcess.Run extract(Path distinct, int count, int processors) throws IOException {
        Path photos = plan.work().resolve("many");
        Path features = plan.work().resolve("features");
        delete(photos);
        delete(features);
        Files.createDirectories(photos);
        for (int i = 0; i < count; i++) {
            Files.copy(distinct.resolve(format("%03d.jpg", i % DISTINCT)), photos.resolve(format("%05d.jpg", i)));
        }
        TiepointProcess.Run run = TiepointProcess.run(plan.root(), processors, plan.work().resolve("extract.log"),
                List.of("extract", "--images", photos.toString(), "--model", model.toString(), "--out",
                        features.toString()));
        plan.err().println(format("extract %d photos%s: %.1f s", count, processors > 0 ? " on one core" : "",
                run.seconds()));
        plan.err().flush();
        delete(photos);
        delete(features);
        return run;
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    /** Everything in a folder that this program made. */
    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
