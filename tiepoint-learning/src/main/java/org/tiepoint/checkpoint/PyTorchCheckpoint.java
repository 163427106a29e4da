package org.tiepoint.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file of torch.save (.pth, .pt, .tar): the legacy format of PyTorch up to 1.5 and the zip format since 1.6. Nothing
 * in such a file is run: the pickle in it may hold tensors, containers, numbers and strings; any other class is
 * refused by name.
 *
 * <p>The tree consists of Map (in the file's order), List (also for tuples and sets), {@link StoredTensor}, String,
 * Long, BigInteger, Double, Boolean and, for None, an empty Optional. It is immutable; tensors that share a storage as
 * a whole share its array. Parameters are tensors. Attributes of ordered dictionaries (a state dict's
 * {@code _metadata}) are left out.
 *
 * @param file where it came from
 * @param root the object that was saved
 */
public record PyTorchCheckpoint(Path file, Object root) {
    private static final List<String> STATE_DICTS = List.of("state_dict", "model_state_dict", "model", "net");

    /**
     * Reads a file. Its size bounds the memory used.
     *
     * @throws CheckpointException naming the file, the place in it, what is wrong and the remedy
     */
    public static PyTorchCheckpoint read(Path file) throws CheckpointException {
        try {
            if (Files.isDirectory(file)) {
                throw new CheckpointException(file, "", "is a folder; give the .pth file in it");
            }
            byte[] start;
            try (InputStream in = Files.newInputStream(file)) {
                start = in.readNBytes(2);
            }
            long size = Files.size(file);
            if (start.length == 2 && start[0] == 'P' && start[1] == 'K') {
                return new PyTorchCheckpoint(file, ZipCheckpoint.read(file, size));
            }
            if (start.length == 2 && start[0] == (byte) 0x80) {
                return new PyTorchCheckpoint(file, LegacyCheckpoint.read(file, size));
            }
            throw new CheckpointException(file, "", "is no file of torch.save (neither a zip archive nor a pickle); "
                    + "check the path, or load it in PyTorch and save it again");
        } catch (CheckpointException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new CheckpointException(file, "", "there is no such file; check the path", e);
        } catch (IOException | IllegalArgumentException e) {
            throw CheckpointException.unreadable(file, "", e);
        }
    }

    /**
     * The value at a path of keys: strings and numbers for dictionaries, numbers for lists.
     * {@code at("optimizer", "param_groups", 0, "lr")} is Adam's learning rate.
     *
     * @return empty where there is none, or where it is None
     */
    public Optional<Object> at(Object... path) {
        Object value = root;
        for (Object key : path) {
            Object next = null;
            if (value instanceof Map<?, ?> map) {
                next = map.get(key instanceof Integer number ? (Object) number.longValue() : key);
            } else if (value instanceof List<?> list && key instanceof Integer i && i >= 0 && i < list.size()) {
                next = list.get(i);
            }
            if (next == null) {
                return Optional.empty();
            }
            value = next;
        }
        return value instanceof Optional ? Optional.empty() : Optional.of(value);
    }

    /**
     * The model's parameters and buffers: under {@code state_dict}, {@code model_state_dict}, {@code model} or
     * {@code net}, else the root where it is itself a dictionary of tensors.
     *
     * @throws CheckpointException naming the keys that are there instead
     */
    public Map<String, StoredTensor> stateDict() throws CheckpointException {
        for (String key : STATE_DICTS) {
            Map<String, StoredTensor> tensors = tensors(at(key).orElse(""));
            if (!tensors.isEmpty()) {
                return tensors;
            }
        }
        Map<String, StoredTensor> tensors = tensors(root);
        if (tensors.isEmpty()) {
            throw new CheckpointException(file, "", "has no dictionary of tensors under " + STATE_DICTS
                    + " or at its root" + (root instanceof Map<?, ?> map ? ", but the keys " + map.keySet() : "")
                    + "; save model.state_dict() under state_dict");
        }
        return tensors;
    }

    /** The number of training steps done, under {@code step}; empty where the file has none. */
    public OptionalLong step() {
        Object step = at("step").orElse("");
        if (step instanceof Long number) {
            return OptionalLong.of(number);
        }
        boolean scalar = step instanceof StoredTensor t && t.count() == 1;
        return scalar ? OptionalLong.of((long) ((StoredTensor) step).toDoubles()[0]) : OptionalLong.empty();
    }

    /**
     * The tensors with a prefix such as {@code net.} taken off their names; names without it stay.
     *
     * @throws IllegalArgumentException where two names become the same
     */
    public static Map<String, StoredTensor> withoutPrefix(Map<String, StoredTensor> tensors, String prefix) {
        Map<String, StoredTensor> result = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            String stripped = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
            if (result.putIfAbsent(stripped, tensor) != null) {
                throw new IllegalArgumentException("without the prefix " + prefix + " two tensors are called "
                        + stripped);
            }
        });
        return Collections.unmodifiableMap(result);
    }

    /** The value as a dictionary of tensors; empty where it is none. */
    private static Map<String, StoredTensor> tensors(Object value) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> e : map.entrySet()) {
                if (!(e.getKey() instanceof String name) || !(e.getValue() instanceof StoredTensor tensor)) {
                    return Map.of();
                }
                tensors.put(name, tensor);
            }
        }
        return Collections.unmodifiableMap(tensors);
    }
}
