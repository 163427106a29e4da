package org.tiepoint.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.global.torch;

/**
 * A network in a TorchScript file, which brings its own program: load only files that you trust as you would trust a
 * program. On the CPU. Not for use by several threads at once; {@link #close()} frees it.
 */
public final class TorchScript implements AutoCloseable {
    private final Path file;
    private final JitModule module;

    private TorchScript(Path file, JitModule module) {
        this.file = file;
        this.module = module;
    }

    /**
     * Loads a file.
     *
     * @throws IOException when it is no TorchScript archive
     */
    public static TorchScript load(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Files.exists(file) ? new IOException(file + ": is no file: name a TorchScript file (.pt)")
                    : new NoSuchFileException(file.toString());
        }
        try (PointerScope scope = new PointerScope()) {
            JitModule module = torch.load(file.toString());
            module.eval();
            module.retainReference();
            return new TorchScript(file, module);
        } catch (RuntimeException e) {
            throw new IOException(file + ": libtorch cannot load it (" + firstLine(e) + "): give a whole TorchScript"
                    + " file, as torch.jit.save writes it", e);
        }
    }

    /**
     * Applies the network to one tensor.
     *
     * @return the tensor it gives, owned by the thread's open scope
     * @throws IllegalArgumentException when the network takes or gives something else
     */
    public Tensor apply(Tensor input) {
        try {
            // of this thread: one run an image, each of another size, so fusing a graph costs more than it gives
            torch.setGraphExecutorOptimize(false);
            return new Tensor(module.forward(new IValueVector(new IValue(input.handle()))).toTensor());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + ": does not run on an input of " + input + " (" + firstLine(e)
                    + ")", e);
        }
    }

    @Override
    public void close() {
        module.releaseReference();
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
