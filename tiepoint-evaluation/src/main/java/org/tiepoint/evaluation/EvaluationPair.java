package org.tiepoint.evaluation;

/**
 * Two images and how they are related.
 *
 * @param name   unique in its set
 * @param group  what the pair belongs to, such as a sequence; may be empty
 * @param first  image
 * @param second image
 * @param truth  the true geometry
 */
public record EvaluationPair(String name, String group, SetImage first, SetImage second, PairTruth truth) {}
