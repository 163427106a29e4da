package org.tiepoint.evaluation.retrieval;

import java.nio.file.Path;
import java.util.List;

/**
 * Photos to search, and queries whose answers are known.
 *
 * @param images   the folder of the photos
 * @param database names of the photos that are searched, below that folder
 * @param queries  their photos are not in the database
 */
public record RetrievalSet(Path images, List<String> database, List<RetrievalQuery> queries) {
    public RetrievalSet {
        database = List.copyOf(database);
        queries = List.copyOf(queries);
    }
}
