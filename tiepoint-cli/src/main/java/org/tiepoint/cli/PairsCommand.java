package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.dataset.pairs.PairsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Chooses the images to match with each other. */
@Command(name = "pairs", description = {"Choose which images of a folder to match with each other.", ""},
        footer = {
            "",
            "Kinds:",
            "  exhaustive  every image with every other (up to 5000 images)",
            "  sequential  each with those that follow by name, for video; optionally with loop closure",
            "  retrieval   each with the ones most like it by a global descriptor",
            "  poses       each with those that see the same, by known poses (shared points, or frusta)",
            "  list        the pairs of a file, checked against the images",
            "",
            "Examples:",
            "  tiepoint pairs retrieval --images photos --top 20 --out pairs.txt",
            "  tiepoint pairs sequential --images frames --overlap 5 --loop-every 10 --out pairs.txt",
            "  tiepoint pairs poses --scene colmap/building --images colmap/building/images --out pairs.txt",
            "",
            "The file has two image names a line, relative to the folder: hloc and COLMAP read it."})
final class PairsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "KIND", description = "How: exhaustive, sequential, retrieval, poses or list.")
    private PairKind kind;

    @Option(names = {"-i", "--images"}, required = true, paramLabel = "DIR",
            description = "Folder of images, in subfolders too.")
    private Path images;

    @Mixin
    private PairOptions options;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "FILE", description = "File for the pairs.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        ImageFolder folder = ImageFolder.list(images);
        List<NamePair> pairs = options.generator(kind, folder).pairs(folder.names());
        PairsFile.write(out, pairs);
        PrintWriter print = spec.commandLine().getOut();
        print.println(pairs.size() + " pairs of " + folder.names().size() + " images, in " + out);
        print.flush();
        return 0;
    }
}
