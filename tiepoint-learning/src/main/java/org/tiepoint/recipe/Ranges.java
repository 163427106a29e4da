package org.tiepoint.recipe;

/** Checks the numbers of a recipe. */
final class Ranges {
    private Ranges() {}

    static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be " + least + " to " + most);
        }
    }
}
