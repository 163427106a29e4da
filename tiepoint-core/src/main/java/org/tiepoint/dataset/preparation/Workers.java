package org.tiepoint.dataset.preparation;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Threads that do numbered tasks; results come in the order of the numbers, whatever the number of threads. */
final class Workers implements AutoCloseable {
    private final int threads;
    private final ExecutorService executor;

    Workers(int threads) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "tiepoint-preparation");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does tasks 0 to count - 1, a few ahead of the one waited for.
     *
     * @param done told on the calling thread how many are done
     */
    <T> List<T> run(int count, IntFunction<Callable<T>> tasks, IntConsumer done) throws IOException {
        List<T> results = new ArrayList<>(count);
        Deque<Future<T>> ahead = new ArrayDeque<>();
        int next = 0;
        while (results.size() < count) {
            while (next < count && ahead.size() < 4 * threads) {
                ahead.add(executor.submit(tasks.apply(next++)));
            }
            results.add(await(ahead.remove()));
            done.accept(results.size());
        }
        return results;
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
