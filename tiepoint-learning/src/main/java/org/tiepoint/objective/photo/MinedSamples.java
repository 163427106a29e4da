package org.tiepoint.objective.photo;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.loss.NegativeSource;
import org.tiepoint.network.LocalBackbone;
import org.tiepoint.recipe.Mining;
import org.tiepoint.retrieval.GlobalDescriptor;

/** Samples with a crop of a photo that looks alike, where the loss takes its negatives there; without, elsewhere. */
public final class MinedSamples {
    private static final int[] NONE = {};

    private final CropSamples samples;
    private final NegativeSource source;
    private final Mining mining;
    private final Optional<GlobalDescriptor> given;
    private Optional<SimilarPhotoTable> table = Optional.empty();

    /** @param given tells which photos look alike; empty where the network in training does */
    public MinedSamples(CropSamples samples, NegativeSource source, Mining mining, Optional<GlobalDescriptor> given) {
        this.samples = samples;
        this.source = source;
        this.mining = mining;
        this.given = given;
    }

    /** The table that samples are made by from now on; the caller stores and closes it. Empty where none is needed. */
    public Optional<SimilarPhotoTable> createTable() {
        table = source == NegativeSource.GLOBAL
                ? Optional.of(new SimilarPhotoTable(samples.training(), mining, given)) : Optional.empty();
        return table;
    }

    /** Keeps the table up to date, before a step, counted from 0. */
    public void prepare(LocalBackbone network, long step) throws IOException {
        if (table.isPresent()) {
            table.get().update(network, step);
        }
    }

    /** Tasks that make the samples of a step, so many. */
    public List<Callable<CropSample>> of(long step, int batch) {
        if (table.isEmpty()) {
            return samples.of(step, batch, place -> NONE);
        }
        int[][] places = table.get().at(step);
        return samples.of(step, batch, place -> places[place]);
    }
}
