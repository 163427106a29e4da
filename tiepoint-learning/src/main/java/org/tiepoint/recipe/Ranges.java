package org.tiepoint.recipe;

/** Checks the numbers of a recipe. */
final class Ranges {
    private Ranges() {}

    static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be " + least + " to " + most);
        }
    }

    /** Of a landscape picture: a network's maps need multiples of 16. */
    static void requireSize(int width, int height) {
        if (width % 16 != 0 || height % 16 != 0 || height < 64 || width < height || width > 4096) {
            throw new IllegalArgumentException("width x height is " + width + "x" + height
                    + ": both must be multiples of 16 from 64 to 4096, the width not below the height");
        }
    }

    static void requireRotation(double maxRotationDegrees) {
        if (!(maxRotationDegrees > 0 && maxRotationDegrees <= 180)) {
            throw new IllegalArgumentException("maxRotationDegrees is " + maxRotationDegrees
                    + ": it must be above 0, at most 180");
        }
    }

    static void requireMethod(String expected, String method) {
        if (!method.equals(expected)) {
            throw new IllegalArgumentException("method is " + method + ": it must be " + expected);
        }
    }
}
