package org.tiepoint.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void resultsComeInOrderWhicheverIsDoneFirst() throws IOException {
        CountDownLatch later = new CountDownLatch(1);
        List<Integer> done = new ArrayList<>();
        try (Workers workers = new Workers(2, "test")) {
            List<Integer> results = workers.run(20, i -> () -> {
                if (i == 0) {
                    later.await();
                } else if (i == 5) {
                    later.countDown();
                }
                return i * i;
            }, done::add);
            assertEquals(IntStream.range(0, 20).mapToObj(i -> i * i).toList(), results);
            assertEquals(IntStream.rangeClosed(1, 20).boxed().toList(), done);
        }
    }

    @Test
    void whatATaskThrowsIsThrownWhereItIsAwaited() {
        for (Throwable thrown : new Throwable[] {new IOException("file"), new IllegalArgumentException("value"),
            new AssertionError("bug")}) {
            try (Workers workers = new Workers(1, "test")) {
                Callable<Integer> task = () -> {
                    if (thrown instanceof Error error) {
                        throw error;
                    }
                    throw (Exception) thrown;
                };
                Future<Integer> failing = workers.submit(task);
                assertSame(thrown, assertThrows(thrown.getClass(), () -> Workers.await(failing)));
            }
        }
    }

    @Test
    void anInterruptedWaitEndsAndStaysInterrupted() {
        try (Workers workers = new Workers(1, "test")) {
            Future<Integer> endless = workers.submit(() -> {
                new CountDownLatch(1).await();
                return 0;
            });
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, () -> Workers.await(endless));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void closingAndWaitingSeesRunningTasksEnd() throws IOException, InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Workers workers = new Workers(1, "test");
        workers.submit(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.set(true);
            }
            return 0;
        });
        begun.await();
        workers.closeAndWait();
        assertTrue(ended.get());
    }
}
