package org.tiepoint.localisation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.feature.Extractor;
import org.tiepoint.image.ImageException;

/** Localises many queries one after the other, each once: those in the log are not done again. */
public final class LocalisationRun {
    private final Localiser localiser;
    private final Extractor extractor;

    /** Gets to know each result. */
    public interface Listener {
        /** A query was localised, or found to have no pose. */
        void done(Query query, Localisation result);

        /** A query's photo could not be used; it is not in the log, so that a later run tries it again. */
        void failed(Query query, IOException problem);
    }

    /** @param extractor of the map's kind of features; not closed */
    public LocalisationRun(Localiser localiser, Extractor extractor) {
        this.localiser = localiser;
        this.extractor = extractor;
    }

    /** The queries that the log does not hold yet. */
    public static List<Query> left(List<Query> queries, LocalisationLog log) {
        List<Query> left = new ArrayList<>(queries);
        left.removeIf(query -> log.done().containsKey(query.name()));
        return left;
    }

    /** Localises what is left. */
    public void run(List<Query> queries, LocalisationLog log, Listener listener) throws IOException {
        for (Query query : left(queries, log)) {
            LoadedView view;
            try {
                view = query.load();
            } catch (ImageException | DatasetException e) {
                listener.failed(query, e);
                continue;
            }
            Localisation result = localiser.localise(extractor.extract(view.image()), view.camera());
            log.add(query.name(), result);
            listener.done(query, result);
        }
    }
}
