package org.tiepoint.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Posed photos that a command cannot do without. */
final class PosedDataOption {
    static final String DESCRIPTION = "Posed photos: a scene or a folder of scenes as CAPS/MegaDepth, COLMAP,"
            + " transforms.json, KITTI, 7-Scenes or TUM lay them out. May be given again.";

    @Option(names = "--data", required = true, paramLabel = "DIR", description = DESCRIPTION)
    private List<Path> folders;

    /** As they were given. */
    List<Path> folders() {
        return folders;
    }
}
