package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.tiepoint.feature.Akaze;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.DetectThenDescribe;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.ImageFeatures;
import org.tiepoint.feature.Orb;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDescriber;
import org.tiepoint.feature.TrainedFeatures;
import org.tiepoint.interop.hloc.HlocFeatures;
import org.tiepoint.model.Alike;
import org.tiepoint.model.CapsDescriber;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.onnx.RotationInvariantDescriber;
import org.tiepoint.onnx.XFeat;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.recipe.RecipeFile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where features come from, as a user writes it:
 *
 * <pre>
 * [NAME=]METHOD[:OPTION=VALUE,...]
 *
 * METHOD  rootsift, sift, orb, akaze        by OpenCV
 *         compact-s, compact-m              the trained networks that are part of Tiepoint, with -int8 rounded to 8
 *                                           bits
 *         FILE or FOLDER                    a trained network, exported (.onnx) or not, on its own key points where it
 *                                           detects, else on the detector's
 *         untrained:RECIPE                  that network as a training starts
 *         encoder:RECIPE:FILE               the same, with its encoder from a file
 *         xfeat:FILE.onnx, alike:FILE.pt    networks of others
 *         h5:FILE                           features that are there, in hloc's layout
 * OPTION  detector=sift|random|grid|MODEL   for methods that describe any key points; MODEL is a trained detector's
 *                                           file or folder
 *         max=N                             at most so many key points an image
 *         rotation-invariant=true|false     whether an exported model follows the key points' orientation and scale
 *                                           (SIFT's where no detector is named); false unless said
 *         matcher=NAME, ratio=R, ...        how to match, as in {@link MatcherOptions}
 * </pre>
 *
 * A word that is a method's name counts as the method: a folder of that name is written ./orb.
 *
 * @param name     what tables call it: the given name, else the text
 * @param text     as written, without the name
 * @param argument what follows the method's name; the path of a model
 * @param options  as far as they were given
 */
record FeatureSpec(String name, String text, FeatureMethod method, String argument, FeatureSpecOptions options) {
    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException saying what is wrong in one line
     */
    static FeatureSpec parse(String written) {
        return FeatureSpecParser.parse(written);
    }

    /**
     * The same features, rotation-invariant unless the text says otherwise.
     *
     * @throws IllegalArgumentException when the method has no such mode
     */
    FeatureSpec rotationInvariant() {
        if (options.rotationInvariant().isPresent()) {
            return this;
        }
        FeatureSpec changed = parse(text + ":" + FeatureSpecOptions.ROTATION_INVARIANT + "=true");
        return new FeatureSpec(name.equals(text) ? changed.name : name, changed.text, method, argument,
                changed.options);
    }

    /** Whether an exported model follows the key points' orientation and scale. */
    boolean isRotationInvariant() {
        return options.rotationInvariant().orElse(false);
    }

    /** Key points an image: its own limit, else this one. */
    int maxKeypoints(int usual) {
        return options.maxKeypoints().orElse(usual);
    }

    /**
     * The matcher that it asks for by its options, or that an exported model's card recommends.
     *
     * @throws IOException when there is no such model
     */
    Optional<MatcherChoice> matcher() throws IOException {
        if (options.matcher().isPresent() || !isExported()) {
            return options.matcher();
        }
        String recommended = new ModelSource(argument).card().matcher();
        try {
            return Optional.of(MatcherChoice.parse(recommended));
        } catch (IllegalArgumentException e) {
            throw new IOException(argument + " (its card): matcher: " + e.getMessage(), e);
        }
    }

    private boolean isExported() {
        return method == FeatureMethod.MODEL && new ModelSource(argument).isExported();
    }

    /**
     * Where key points come from: a detector's name or path, or the name of the method.
     *
     * @param chosen unless the text says
     */
    String detectorName(Optional<DetectorChoice> chosen) throws IOException {
        if (!method.describesAnyKeypoints()) {
            return method.word();
        }
        Optional<DetectorChoice> detector = options.detector().or(() -> chosen);
        if (detector.isEmpty() && method == FeatureMethod.MODEL && !isRotationInvariant()
                && new ModelSource(argument).detects()) {
            return "the model's own";
        }
        return detector.orElse(DetectorChoice.SIFT).text();
    }

    /**
     * Loads it; the caller closes it.
     *
     * @param detector where key points come from unless the text says; where both are silent a model's own detector,
     *                 else SIFT
     * @param usualMax at most so many key points an image unless the text says
     * @param threads  of an exported model on one image
     */
    Extractor open(Optional<DetectorChoice> detector, int usualMax, int threads) throws IOException {
        int max = maxKeypoints(usualMax);
        return switch (method) {
            case ORB -> new Orb(Orb.Options.of(max));
            case AKAZE -> new Akaze(Akaze.Options.of(max));
            case XFEAT -> XFeat.load(Path.of(argument), XFeat.Options.of(max));
            case ALIKE -> Alike.load(Path.of(argument), Alike.Options.of(max));
            case H5 -> throw new IOException(text + " holds the features of certain images: name a method that"
                    + " extracts, such as rootsift or a model");
            default -> describing(options.detector().or(() -> detector), max, threads);
        };
    }

    private Extractor describing(Optional<DetectorChoice> chosen, int max, int threads) throws IOException {
        Describer describer = describer(max, threads);
        if (chosen.isEmpty() && describer instanceof TrainedFeatures extractor && extractor.detects()) {
            return extractor;
        }
        try {
            return new DetectThenDescribe(chosen.orElse(DetectorChoice.SIFT).open(), describer, max);
        } catch (IOException | RuntimeException e) {
            describer.close();
            throw e;
        }
    }

    /** With a model's own key points, else SIFT's, unless the text says. */
    Extractor open(int usualMax) throws IOException {
        return open(Optional.empty(), usualMax, Runtime.getRuntime().availableProcessors());
    }

    /** Loads it for images that have names, so that features from a file will do; the caller closes it. */
    ImageFeatures openForImages(int usualMax) throws IOException {
        if (method == FeatureMethod.H5) {
            return new StoredFeatures(HlocFeatures.open(Path.of(argument)), options.maxKeypoints());
        }
        return ImageFeatures.by(open(usualMax));
    }

    /** The trained network itself; the caller closes it. */
    CapsDescriber openNetwork() throws IOException {
        return switch (method) {
            case UNTRAINED -> CapsDescriber.untrained(recipe(argument), Optional.empty());
            case ENCODER -> CapsDescriber.untrained(recipe(FeatureSpecParser.encoderParts(argument)[0]),
                    Optional.of(Path.of(FeatureSpecParser.encoderParts(argument)[1])));
            case MODEL -> CapsDescriber.load(Path.of(argument));
            default -> throw new IllegalStateException(method + " is no network of this project");
        };
    }

    /** Whether {@link #openNetwork()} has one. */
    boolean isNetwork() {
        return method == FeatureMethod.MODEL && !isExported() || method == FeatureMethod.UNTRAINED
                || method == FeatureMethod.ENCODER;
    }

    private Describer describer(int max, int threads) throws IOException {
        return switch (method) {
            case ROOTSIFT -> new RootSift();
            case SIFT -> new SiftDescriber();
            case MODEL -> model(max, threads);
            default -> openNetwork();
        };
    }

    private Describer model(int max, int threads) throws IOException {
        Describer model = new ModelSource(argument).load(max, threads);
        if (!isRotationInvariant()) {
            return model;
        }
        if (model instanceof OnnxExtractor exported) {
            return new RotationInvariantDescriber(exported);
        }
        model.close();
        throw new IOException(argument + " is not exported, so that it has no rotation-invariant mode: name what"
                + " 'tiepoint export' makes of it");
    }

    private static CapsRecipe recipe(String nameOrFile) throws IOException {
        return RecipeFile.parse(RecipeFile.text(nameOrFile), nameOrFile).caps();
    }

    /** Reads the written form; complaints are usage errors. */
    static final class Converter implements ITypeConverter<FeatureSpec> {
        @Override
        public FeatureSpec convert(String written) {
            try {
                return parse(written);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
