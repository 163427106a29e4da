package org.tiepoint.feature;

/** SIFT from detection to descriptor. */
class SiftExtractorTest extends ExtractorContractTest {
    @Override
    protected Extractor extractor(int maxKeypoints) {
        return new DetectThenDescribe(new SiftDetector(), new SiftDescriber(), maxKeypoints);
    }
}
