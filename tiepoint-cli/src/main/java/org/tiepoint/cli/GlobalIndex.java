package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.image.ImageReader;
import org.tiepoint.model.CapsGlobalDescriptor;
import org.tiepoint.retrieval.CosineIndex;
import org.tiepoint.retrieval.GlobalDescriptor;
import org.tiepoint.retrieval.Vlad;
import org.tiepoint.retrieval.VladDescriptor;

/** The index of a folder of images by global descriptor, with a progress bar. */
final class GlobalIndex {
    /** Images that VLAD's centres are learned from, spread over the folder. */
    private static final int TRAINING_IMAGES = 50;
    private static final int KEYPOINTS = 1000;

    private GlobalIndex() {}

    /**
     * Describes every image.
     *
     * @param spec a network of this project for GeM of its encoder's map; any other method for VLAD of its features
     * @param err  gets the progress
     */
    static CosineIndex of(ImageFolder images, FeatureSpec spec, PrintWriter err) throws IOException {
        try (GlobalDescriptor descriptor = descriptor(images, spec);
                Progress progress = Progress.start("describe", images.names().size(), "images", err)) {
            Map<String, float[]> descriptors = new LinkedHashMap<>();
            for (String name : images.names()) {
                descriptors.put(name, descriptor.describe(ImageReader.read(images.file(name))));
                progress.step();
            }
            return new CosineIndex(descriptors);
        }
    }

    /**
     * Loads a global descriptor; the caller closes it.
     *
     * @param images VLAD's centres are learned from some of them
     * @param spec   as above
     */
    static GlobalDescriptor descriptor(ImageFolder images, FeatureSpec spec) throws IOException {
        if (spec.isNetwork()) {
            return new CapsGlobalDescriptor(spec.openNetwork(), CapsGlobalDescriptor.Source.ENCODER);
        }
        Extractor extractor = spec.open(KEYPOINTS);
        try {
            return new VladDescriptor(extractor, vlad(images, extractor));
        } catch (IOException | RuntimeException e) {
            extractor.close();
            throw e;
        }
    }

    private static Vlad vlad(ImageFolder images, Extractor extractor) throws IOException {
        List<Features> training = new ArrayList<>();
        for (Path file : images.evenly(TRAINING_IMAGES)) {
            training.add(extractor.extract(ImageReader.read(file)));
        }
        return Vlad.train(training, Vlad.Options.defaults());
    }
}
