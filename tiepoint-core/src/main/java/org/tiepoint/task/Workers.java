package org.tiepoint.task;

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
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Daemon threads that do tasks; failures come back to who waits for the result. Safe for use by several threads. */
public final class Workers implements AutoCloseable {
    private final int threads;
    private final ExecutorService executor;

    /**
     * Starts no thread before there is work.
     *
     * @param threads at least 1
     * @param name    of the threads
     */
    public Workers(int threads, String name) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Has a task done; {@link #await} gives its result. */
    public <T> Future<T> submit(Callable<T> task) {
        return executor.submit(task);
    }

    /**
     * Does tasks 0 to count - 1, a few ahead of the one waited for; results come in the order of the numbers, whatever
     * the number of threads.
     *
     * @param done told on the calling thread how many are done
     */
    public <T> List<T> run(int count, IntFunction<Callable<T>> tasks, IntConsumer done) throws IOException {
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

    /**
     * Waits for a result. What the task threw is thrown here.
     *
     * @throws IOException the task's, or an InterruptedIOException when the waiting thread is interrupted
     */
    public static <T> T await(Future<T> future) throws IOException {
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
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Drops the tasks that have not begun and interrupts the others, without waiting for their end. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** Drops the tasks that have not begun, interrupts the others, and waits for their end: up to an hour. */
    public void closeAndWait() throws InterruptedIOException {
        close();
        try {
            executor.awaitTermination(1, TimeUnit.HOURS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
