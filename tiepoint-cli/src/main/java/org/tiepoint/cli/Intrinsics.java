package org.tiepoint.cli;

import java.util.List;
import java.util.stream.Stream;
import org.tiepoint.geometry.Camera;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Pinhole intrinsics of two images in pixels, written fx,fy,cx,cy for both or fx,fy,cx,cy;fx,fy,cx,cy.
 *
 * @param left  fx, fy, cx, cy of the left image
 * @param right of the right image
 */
record Intrinsics(List<Double> left, List<Double> right) {
    /** The camera of an image of this size. */
    static Camera camera(List<Double> k, int width, int height) {
        return Camera.pinhole(width, height, k.get(0), k.get(1), k.get(2), k.get(3));
    }

    /** Reads one or two sets of four numbers. */
    static final class Converter implements ITypeConverter<Intrinsics> {
        private static final String FORM = "intrinsics in pixels fx,fy,cx,cy for both images or"
                + " fx,fy,cx,cy;fx,fy,cx,cy such as 525,525,319.5,239.5";

        @Override
        public Intrinsics convert(String text) {
            List<List<Double>> sets = Stream.of(text.split(";", -1)).map(Converter::one).toList();
            if (sets.size() > 2) {
                throw new TypeConversionException("'" + text + "' is not " + FORM);
            }
            return new Intrinsics(sets.get(0), sets.get(sets.size() - 1));
        }

        private static List<Double> one(String text) {
            double[] k = NumberList.parse(text, 4, FORM);
            if (k[0] <= 0 || k[1] <= 0) {
                throw new TypeConversionException("focal length " + Math.min(k[0], k[1])
                        + " in '" + text + "': both must be above 0 pixels");
            }
            return List.of(k[0], k[1], k[2], k[3]);
        }
    }
}
