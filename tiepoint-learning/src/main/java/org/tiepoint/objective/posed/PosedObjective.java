package org.tiepoint.objective.posed;

import java.util.List;
import java.util.concurrent.Callable;
import org.tiepoint.objective.Learner;
import org.tiepoint.objective.Objective;

/**
 * An objective whose samples are pairs of posed pictures without query points.
 *
 * @param <L> the network with its loss
 */
public abstract class PosedObjective<L extends Learner<PosedSample>> implements Objective<PosedSample, L> {
    /** Makes the samples. */
    protected final PosedSamples samples;

    /** @param samples of the recipe's pairs */
    protected PosedObjective(PosedSamples samples) {
        this.samples = samples;
    }

    @Override
    public List<Callable<PosedSample>> samples(long step) {
        return samples.of(step);
    }

    @Override
    public String name(PosedSample sample) {
        return sample.name();
    }

    @Override
    public String summary() {
        return samples.pairs().summary();
    }

    @Override
    public String fingerprint() {
        return samples.pairs().fingerprint();
    }
}
