package org.tiepoint.tensor;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A span of native computing that the exit of the Java machine waits for. On Ctrl-C, on SIGTERM and in
 * {@code System.exit} the C library frees the static state of libtorch while other threads still run, and a computation
 * under way then crashes the process. An exit waits until no thread is within such a span, at most
 * {@value #LONGEST_WAIT_SECONDS} seconds; a thread that enters one after that sleeps until the process ends. Spans nest;
 * each should be short, as one description. A thread must not call {@code System.exit} within one. A training ends its
 * step and writes a checkpoint instead ({@code Trainer.stop}).
 */
public final class NativeWork implements AutoCloseable {
    private static final int LONGEST_WAIT_SECONDS = 120;
    private static final ReentrantReadWriteLock RUNNING = new ReentrantReadWriteLock();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(NativeWork::awaitEnd, "tiepoint-exit"));
    }

    /** Begins a span of the current thread. */
    public NativeWork() {
        RUNNING.readLock().lock();
    }

    /** Ends the span, in the thread that began it. */
    @Override
    public void close() {
        RUNNING.readLock().unlock();
    }

    private static void awaitEnd() {
        try {
            // never unlocked: nothing may start any more
            RUNNING.writeLock().tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
