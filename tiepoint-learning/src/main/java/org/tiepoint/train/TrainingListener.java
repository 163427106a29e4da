package org.tiepoint.train;

import org.tiepoint.objective.ValidationReport;

/** Hears how a training goes, in the training's thread. */
public interface TrainingListener {
    /** What the training works with, once, before the first step. */
    default void started(String summary, long firstStep, long steps) {}

    default void stepped(StepReport report) {}

    default void validated(ValidationReport report) {}

    /** Asked after every step: whether to end here, before the recipe's last step, with a validation and checkpoint. */
    default boolean wantsToStop() {
        return false;
    }
}
