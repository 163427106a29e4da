package org.tiepoint.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.opencv.global.opencv_core;
import org.tiepoint.feature.Extractor;
import org.tiepoint.model.Alike;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.onnx.XFeat;
import org.tiepoint.tensor.Engine;

/** What extracts features, by a name that goes through a command line. */
enum Subject {
    /** A model that {@code tiepoint export} wrote. */
    MODEL {
        @Override
        Extractor open(Path file) throws IOException {
            return OnnxExtractor.load(file, OnnxExtractor.Options.of(KEYPOINTS));
        }
    },
    /** XFeat's network with what this project does after its own networks. */
    XFEAT_NETWORK {
        @Override
        Extractor open(Path file) throws IOException {
            return OnnxExtractor.load(XFeatGraph.withCard(file), file, OnnxExtractor.Options.of(KEYPOINTS));
        }
    },
    /** XFeat with what its authors do. */
    XFEAT {
        @Override
        Extractor open(Path file) throws IOException {
            return XFeat.load(file, XFeat.Options.of(KEYPOINTS));
        }
    },
    /** ALIKE with what its authors do. */
    ALIKE {
        @Override
        Extractor open(Path file) throws IOException {
            Engine.setThreads(Environment.THREADS);
            return Alike.load(file, Alike.Options.of(KEYPOINTS));
        }
    },
    /** OpenCV's SIFT, without a file. */
    SIFT {
        @Override
        Extractor open(Path file) {
            opencv_core.setNumThreads(Environment.THREADS);
            return new OpenCvSift(KEYPOINTS);
        }
    };

    /** Key points an image, at most. */
    static final int KEYPOINTS = 2048;

    /** Ready to use; the caller closes it. */
    abstract Extractor open(Path file) throws IOException;
}
