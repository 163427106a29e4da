package org.tiepoint.train;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Makes the samples of coming steps in worker threads. Every sample follows from the seed, the step and its place in the
 * batch, so the threads' number and timing change nothing. At most a few batches wait, which bounds the memory. Used by
 * one thread.
 */
final class BatchLoader<S> implements AutoCloseable {
    private static final int BATCHES_AHEAD = 3;

    private final LongFunction<List<Callable<S>>> samples;
    private final long end;
    private final ExecutorService workers;
    private final Deque<List<Future<S>>> waiting = new ArrayDeque<>();
    private long nextToSubmit;

    /**
     * Starts to load.
     *
     * @param samples tasks that make the samples of a step
     * @param first   the first step, counted from 0
     * @param end     the step after the last
     * @param threads workers, at least 1
     */
    BatchLoader(LongFunction<List<Callable<S>>> samples, long first, long end, int threads) {
        this.samples = samples;
        this.nextToSubmit = first;
        this.end = end;
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "tiepoint-loader");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The samples of the next step; waits for them. */
    List<S> next() throws IOException, InterruptedException {
        while (waiting.size() < BATCHES_AHEAD && nextToSubmit < end) {
            waiting.add(submit(nextToSubmit++));
        }
        List<S> batch = new ArrayList<>();
        for (Future<S> sample : waiting.remove()) {
            try {
                batch.add(sample.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("a loader thread failed: " + e.getCause(), e.getCause());
            }
        }
        return batch;
    }

    private List<Future<S>> submit(long step) {
        List<Future<S>> submitted = new ArrayList<>();
        for (Callable<S> sample : samples.apply(step)) {
            submitted.add(workers.submit(sample));
        }
        return submitted;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
