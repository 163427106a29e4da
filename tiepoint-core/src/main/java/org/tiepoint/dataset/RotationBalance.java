package org.tiepoint.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Draws a bounded number of pairs, as evenly over their relative rotation as what is offered allows. Each step of
 * rotation keeps a uniform random choice of what it was offered (reservoir sampling, Vitter 1985). Not thread-safe.
 */
final class RotationBalance {
    private final int most;
    private final Random random;
    private final List<List<ImagePair>> steps = new ArrayList<>();
    private final long[] offered;

    RotationBalance(int steps, int most, long seed) {
        this.most = most;
        this.random = new Random(seed);
        this.offered = new long[steps];
        for (int i = 0; i < steps; i++) {
            this.steps.add(new ArrayList<>());
        }
    }

    /** Offers a pair whose rotation lies at a share, 0 to 1, of the range. */
    void add(ImagePair pair, double share) {
        int step = (int) Math.min(offered.length - 1, Math.max(0, share * offered.length));
        List<ImagePair> held = steps.get(step);
        offered[step]++;
        if (held.size() < most) {
            held.add(pair);
        } else {
            long place = random.nextLong(offered[step]);
            if (place < most) {
                held.set((int) place, pair);
            }
        }
    }

    long offered() {
        long sum = 0;
        for (long count : offered) {
            sum += count;
        }
        return sum;
    }

    /** One pair of each step in turn until there are enough. */
    List<ImagePair> draw() {
        steps.forEach(step -> Collections.shuffle(step, random));
        List<ImagePair> drawn = new ArrayList<>();
        for (int round = 0; drawn.size() < Math.min(most, offered()); round++) {
            for (List<ImagePair> step : steps) {
                if (round < step.size() && drawn.size() < most) {
                    drawn.add(step.get(round));
                }
            }
        }
        return drawn;
    }
}
