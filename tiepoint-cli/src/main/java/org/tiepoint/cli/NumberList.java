package org.tiepoint.cli;

import picocli.CommandLine.TypeConversionException;

/** Finite numbers separated by commas. */
final class NumberList {
    private NumberList() {}

    /**
     * Reads exactly so many numbers.
     *
     * @param form what is expected, with an example, for the message
     */
    static double[] parse(String text, int count, String form) {
        String[] parts = text.split(",", -1);
        double[] numbers = new double[parts.length];
        try {
            for (int i = 0; i < parts.length; i++) {
                numbers[i] = Double.parseDouble(parts[i].strip());
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not " + form);
        }
        for (double number : numbers) {
            if (!Double.isFinite(number) || numbers.length != count) {
                throw new TypeConversionException("'" + text + "' is not " + form);
            }
        }
        return numbers;
    }
}
