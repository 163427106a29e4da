package org.tiepoint.evaluation.sweep;

import java.util.List;
import java.util.Locale;
import org.tiepoint.image.Image;

/** What is changed, step by step. The first level of rotation, scale and blur changes nothing; exposure's is 0. */
public enum SweepKind {
    /** In-plane rotation about the centre, clockwise, see {@link Rotation}. */
    ROTATION("Rotation", "degrees", List.of(0.0, 15.0, 30.0, 45.0, 60.0, 75.0, 90.0, 105.0, 120.0, 135.0, 150.0, 165.0,
            180.0)) {
        @Override
        public Image first(Image photo) {
            return Rotation.upright(photo);
        }

        @Override
        public VariedImage second(Image photo, double level) {
            return Rotation.turned(photo, level);
        }
    },

    /** The photo against itself made smaller by a factor, see {@link Reduction}. */
    SCALE("Scale", "times smaller", List.of(1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0)) {
        @Override
        public VariedImage second(Image photo, double level) {
            return Reduction.of(photo, level);
        }
    },

    /** The photo against itself exposed longer or shorter, see {@link Exposure}. */
    EXPOSURE("Exposure", "stops", List.of(-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0)) {
        @Override
        public VariedImage second(Image photo, double level) {
            return VariedImage.inPlace(Exposure.of(photo, level));
        }
    },

    /** The photo against itself out of focus, see {@link Blur}. */
    BLUR("Blur", "pixels (Gaussian sigma)", List.of(0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)) {
        @Override
        public VariedImage second(Image photo, double level) {
            return VariedImage.inPlace(Blur.of(photo, level));
        }
    };

    private final String title;
    private final String unit;
    private final List<Double> levels;

    SweepKind(String title, String unit, List<Double> levels) {
        this.title = title;
        this.unit = unit;
        this.levels = levels;
    }

    /** The image that every level is matched with; the photo itself unless the kind needs a part of it. */
    public Image first(Image photo) {
        return photo;
    }

    /** The changed image, with the homography from {@link #first} to it. */
    public abstract VariedImage second(Image photo, double level);

    /** For headings. */
    public String title() {
        return title;
    }

    /** What a level counts. */
    public String unit() {
        return unit;
    }

    /** In ascending order. */
    public List<Double> levels() {
        return levels;
    }

    /** The name in options and in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
