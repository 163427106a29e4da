package org.tiepoint.evaluation;

/**
 * A number and how sure it is.
 *
 * @param value of all pairs
 * @param low   lower end of the 95 % bootstrap interval over pairs
 * @param high  upper end
 */
public record Estimate(double value, double low, double high) {}
