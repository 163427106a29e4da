package org.tiepoint.train;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the samples of coming steps in worker threads. Every sample follows from the seed, the step and its place in the
 * batch, so the threads' number and timing change nothing. At most a few batches wait, which bounds the memory. Used by
 * one thread.
 */
final class BatchLoader implements AutoCloseable {
    private static final int BATCHES_AHEAD = 3;

    private final PairList pairs;
    private final SampleMaker maker;
    private final long seed;
    private final long end;
    private final ExecutorService workers;
    private final Deque<List<Future<TrainingSample>>> waiting = new ArrayDeque<>();
    private long nextToSubmit;

    /**
     * Starts to load.
     *
     * @param first   the first step, counted from 0
     * @param end     the step after the last
     * @param threads workers, at least 1
     */
    BatchLoader(PairList pairs, SampleMaker maker, long seed, long first, long end, int threads) {
        this.pairs = pairs;
        this.maker = maker;
        this.seed = seed;
        this.nextToSubmit = first;
        this.end = end;
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "tiepoint-loader");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The samples of the next step; waits for them. */
    List<TrainingSample> next() throws IOException, InterruptedException {
        while (waiting.size() < BATCHES_AHEAD && nextToSubmit < end) {
            waiting.add(submit(nextToSubmit++));
        }
        List<TrainingSample> batch = new ArrayList<>();
        for (Future<TrainingSample> sample : waiting.remove()) {
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

    private List<Future<TrainingSample>> submit(long step) {
        PairList.Batch batch = pairs.batch(step);
        List<Future<TrainingSample>> samples = new ArrayList<>();
        for (int i = 0; i < batch.pairs().size(); i++) {
            PairList.ScenePair pair = batch.pairs().get(i);
            long sampleSeed = seed * 0x9E3779B97F4A7C15L + step * 1009 + i;
            samples.add(workers.submit(() -> maker.augmented(pair, batch.portrait(), sampleSeed, step)));
        }
        return samples;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
