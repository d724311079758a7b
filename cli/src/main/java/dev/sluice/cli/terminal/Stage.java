package dev.sluice.cli.terminal;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;

/// Where questions are put and work is watched: a screen, or a list of keys in tests.
public interface Stage {
    <R> Answer<R> ask(Widget<R> widget);

    /// Does something that takes its time, while what it tells is shown. Esc and Ctrl-C give it up.
    ///
    /// @param work is handed where to tell how far it is, a line each; made to end by an interrupt
    <T> Answer<T> during(String title, Function<Consumer<String>, Callable<T>> work);

    /// The same for what must not be left half done: no key gives it up.
    <T> T finish(String title, Function<Consumer<String>, Callable<T>> work);
}
