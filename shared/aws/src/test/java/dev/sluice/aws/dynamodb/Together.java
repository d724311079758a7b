package dev.sluice.aws.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// The same at once, on many threads.
final class Together {
    private Together() {}

    static <T> List<T> call(int times, IntFunction<Callable<T>> calls) {
        List<Future<T>> started = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < times; i++) {
                started.add(threads.submit(calls.apply(i)));
            }
        }
        return started.stream().map(Future::resultNow).toList();
    }
}
