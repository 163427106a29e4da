package org.tiepoint.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tiepoint.evaluation.NamedDescriber;

/** Several descriptors in memory at once; closing frees them all. */
final class LoadedModels implements AutoCloseable {
    private final List<NamedDescriber> describers = new ArrayList<>();

    static LoadedModels load(List<ModelSpec> specs) throws IOException {
        LoadedModels models = new LoadedModels();
        try {
            for (ModelSpec spec : specs) {
                models.describers.add(spec.load());
            }
            return models;
        } catch (IOException | RuntimeException e) {
            models.close();
            throw e;
        }
    }

    List<NamedDescriber> describers() {
        return describers;
    }

    @Override
    public void close() {
        describers.forEach(named -> named.describer().close());
    }
}
