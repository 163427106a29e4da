package org.tiepoint.cli;

import picocli.CommandLine.ITypeConverter;

/** A position in pixels, written x,y; (0, 0) is the centre of the top-left pixel. */
record PixelPosition(double x, double y) {
    /** Reads x,y. */
    static final class Converter implements ITypeConverter<PixelPosition> {
        @Override
        public PixelPosition convert(String text) {
            double[] xy = NumberList.parse(text, 2, "a position x,y in pixels such as 320,240.5");
            return new PixelPosition(xy[0], xy[1]);
        }
    }
}
