/// The streaming Lambda runtime: it takes events from the Runtime API, hands them to a function as requests, and streams
/// the answers back.
@NullMarked
package dev.sluice.lambda;

import org.jspecify.annotations.NullMarked;
