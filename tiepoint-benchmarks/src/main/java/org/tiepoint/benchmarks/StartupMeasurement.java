package org.tiepoint.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times {@code tiepoint match} on two rendered views, from the start of its process to its end. */
final class StartupMeasurement {
    private StartupMeasurement() {}

    static Results run(Plan plan) throws IOException {
        Path model = plan.models().get(Plan.SMALL);
        if (model == null) {
            return new Results(Group.STARTUP.word(), Environment.text(), List.of(),
                    List.of("start of match: no " + Plan.SMALL + " was given"));
        }
        Path photos = plan.work().resolve("pair");
        Photos.write(plan.work().resolve("none"), 2, photos);
        Rounds.Timed ours = new Rounds.Timed(Plan.SMALL, new ArrayList<>());
        Rounds.Timed other = new Rounds.Timed("with RootSIFT", new ArrayList<>());
        // the first of each, which reads files from the disk, does not count
        for (int round = 0; round <= plan.rounds().count(); round++) {
            double first = match(plan, photos, model.toString());
            double second = match(plan, photos, "rootsift");
            if (round > 0) {
                ours.millis().add(first);
                other.millis().add(second);
            }
        }
        return new Results(Group.STARTUP.word(), Environment.text(), List.of(Row.beside("match, cold start to result,"
                + " 640x480 pair, " + Plan.SMALL, ours, other)), List.of());
    }

    private static double match(Plan plan, Path photos, String model) throws IOException {
        double millis = 1000 * TiepointProcess.run(plan.root(), 0, plan.work().resolve("match.log"), List.of("match",
                photos.resolve("000.jpg").toString(), photos.resolve("001.jpg").toString(), "--model", model)).seconds();
        plan.err().printf(Locale.ROOT, "match --model %s: %.0f ms%n", model, millis);
        plan.err().flush();
        return millis;
    }
}
