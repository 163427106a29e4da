package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.interop.hloc.HlocMatchesWriter;
import org.tiepoint.interop.text.MatchesCsvWriter;
import org.tiepoint.match.Matches;

/** The formats of files of matches, by their names on the command line. */
enum MatchFormat {
    H5,
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where matches go, pair by pair; what was written survives a kill. */
    interface Sink extends AutoCloseable {
        /** Whether the pair is there already. */
        boolean contains(NamePair pair);

        /** Adds a pair. */
        void write(NamePair pair, Keypoints first, Keypoints second, Matches matches) throws IOException;

        /** Gives the file its name. */
        void finish() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Opens a file, new or to go on with. */
    Sink open(Path file) throws IOException {
        return this == H5 ? new Hdf5(HlocMatchesWriter.open(file)) : new Csv(MatchesCsvWriter.open(file));
    }

    private record Hdf5(HlocMatchesWriter file) implements Sink {
        @Override
        public boolean contains(NamePair pair) {
            return file.contains(pair.first(), pair.second());
        }

        @Override
        public void write(NamePair pair, Keypoints first, Keypoints second, Matches matches) throws IOException {
            file.write(pair.first(), pair.second(), first.count(), matches);
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

    private record Csv(MatchesCsvWriter file) implements Sink {
        @Override
        public boolean contains(NamePair pair) {
            return file.contains(pair.first(), pair.second());
        }

        @Override
        public void write(NamePair pair, Keypoints first, Keypoints second, Matches matches) throws IOException {
            file.write(pair.first(), pair.second(), first, second, matches);
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
}
