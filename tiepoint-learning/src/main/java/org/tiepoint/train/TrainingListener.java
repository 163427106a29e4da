package org.tiepoint.train;

/** Hears how a training goes, in the training's thread. */
public interface TrainingListener {
    /** What the training works with, once, before the first step. */
    default void started(String summary, long firstStep, long steps) {}

    default void stepped(StepReport report) {}

    default void validated(ValidationReport report) {}
}
