package org.tiepoint.cli;

import java.io.IOException;
import org.tiepoint.feature.Features;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.hloc.HlocFeaturesWriter;

/** One HDF5 file in hloc's layout. */
record FeatureHdf5(HlocFeaturesWriter file) implements FeatureSink {
    @Override
    public boolean contains(String image) {
        return file.contains(image);
    }

    @Override
    public void write(String name, Image image, Features features) throws IOException {
        file.write(name, features, new ImageSize(image.width(), image.height()), HlocFeaturesWriter.USUAL_UNCERTAINTY);
    }

    @Override
    public void finish() throws IOException {
        file.finish();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
