package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.dataset.pairs.ExhaustivePairs;
import org.tiepoint.dataset.pairs.ListedPairs;
import org.tiepoint.dataset.pairs.PairGenerator;
import org.tiepoint.dataset.pairs.PosePairs;
import org.tiepoint.dataset.pairs.RetrievalPairs;
import org.tiepoint.dataset.pairs.SequentialPairs;
import org.tiepoint.retrieval.CosineIndex;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the generators of pairs take: shared by every command that chooses pairs. */
final class PairOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--overlap", paramLabel = "N", defaultValue = "10",
            description = "sequential: pair each image with so many that follow (default: 10).")
    private int overlap;

    @Option(names = "--quadratic",
            description = "sequential: also with the images 1, 2, 4, ... 2^(overlap - 1) places on.")
    private boolean quadratic;

    @Option(names = "--loop-every", paramLabel = "K", defaultValue = "0",
            description = "sequential: look up every K-th image among all, to close loops; 0 does not (default: 0).")
    private int loopEvery;

    @Option(names = "--top", paramLabel = "N", defaultValue = "20",
            description = "retrieval, poses, loops: at most so many images for each (default: 20).")
    private int top;

    @Option(names = "--min-score", paramLabel = "COSINE", defaultValue = "-1",
            description = "retrieval, loops: least cosine of the global descriptors, -1 to 1 (default: -1, all).")
    private double minScore;

    @Option(names = "--global", paramLabel = "SPEC", defaultValue = ModelOption.BASELINE,
            converter = FeatureSpec.Converter.class,
            description = "retrieval, loops: global descriptor. A trained model's folder or file: GeM of its encoder."
                    + " rootsift, orb or another method: VLAD of its features, centres learned from these images"
                    + " (default: rootsift).")
    private FeatureSpec global;

    @Option(names = "--min-overlap", paramLabel = "SHARE", defaultValue = "0.1",
            description = "poses: least share seen in common, above 0 to 1 (default: 0.1).")
    private double minOverlap;

    @Option(names = "--scene", paramLabel = "DIR",
            description = "poses: the images with their poses, as COLMAP and others lay them out.")
    private Optional<Path> scene;

    @Option(names = "--list", paramLabel = "FILE", description = "list: two image names a line, as for hloc and COLMAP.")
    private Optional<Path> list;

    /** The generator of a kind; describes the images where it goes by what they look like. */
    PairGenerator generator(PairKind kind, ImageFolder images) throws IOException {
        switch (kind) {
            case EXHAUSTIVE:
                return new ExhaustivePairs();
            case SEQUENTIAL:
                return sequential(images);
            case RETRIEVAL:
                RetrievalPairs.Options retrieval = Arguments.accept(spec,
                        () -> new RetrievalPairs.Options(top, minScore));
                return new RetrievalPairs(index(images), retrieval);
            case POSES:
                PosePairs.Options poses = Arguments.accept(spec, () -> new PosePairs.Options(top, minOverlap));
                return new PosePairs(oneScene(require(scene, kind, "--scene DIR"), spec), poses);
            default:
                return ListedPairs.read(require(list, kind, "--list FILE"));
        }
    }

    private PairGenerator sequential(ImageFolder images) throws IOException {
        if (loopEvery < 0) {
            throw new ParameterException(spec.commandLine(), "--loop-every is " + loopEvery + ": it must be at least 0");
        }
        SequentialPairs.Options options = Arguments.accept(spec,
                () -> new SequentialPairs.Options(overlap, quadratic, Math.max(1, loopEvery), top, minScore));
        return loopEvery == 0 ? new SequentialPairs(options) : new SequentialPairs(options, index(images));
    }

    private CosineIndex index(ImageFolder images) throws IOException {
        return GlobalIndex.of(images, global, spec.commandLine().getErr());
    }

    /** The scene in a folder; a usage error where there are several. */
    static PosedCollection oneScene(Path folder, CommandSpec spec) throws IOException {
        List<PosedCollection> scenes = PosedCollections.open(folder);
        if (scenes.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--scene " + folder + " holds " + scenes.size()
                    + " scenes (" + scenes.get(0).name() + ", " + scenes.get(1).name()
                    + (scenes.size() > 2 ? ", ..." : "") + "): name the folder of one");
        }
        return scenes.get(0);
    }

    private Path require(Optional<Path> given, PairKind kind, String option) {
        return given.orElseThrow(() -> new ParameterException(spec.commandLine(), "pairs by " + kind + " need "
                + option));
    }
}
