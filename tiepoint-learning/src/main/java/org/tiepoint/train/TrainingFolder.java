package org.tiepoint.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The names of the files that a training leaves. */
public final class TrainingFolder {
    static final String LAST = "last.safetensors";
    static final String BEST = "best.safetensors";

    private TrainingFolder() {}

    /**
     * The file of a model: of a training's folder the best checkpoint, else the last; a file itself.
     *
     * @throws IOException when the folder holds neither
     */
    public static Path model(Path fileOrFolder) throws IOException {
        if (!Files.isDirectory(fileOrFolder)) {
            return fileOrFolder;
        }
        for (String name : new String[] {BEST, LAST}) {
            if (Files.exists(fileOrFolder.resolve(name))) {
                return fileOrFolder.resolve(name);
            }
        }
        throw new IOException(fileOrFolder + " holds no model: there is neither " + BEST + " nor " + LAST
                + "; give the folder that tiepoint train --out wrote, or a checkpoint file");
    }
}
