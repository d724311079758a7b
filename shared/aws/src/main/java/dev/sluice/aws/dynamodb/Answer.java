package dev.sluice.aws.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What became of one call to the table.
sealed interface Answer<T> {
    record Ok<T>(T value) implements Answer<T> {}

    /// A condition did not hold.
    ///
    /// @param item as it is; empty when it is absent, or was not asked for
    record Unmet<T>(Map<String, AttributeValue> item) implements Answer<T> {}

    /// The service finds the request itself wrong: nothing was done. An attribute of another type than the expression
    /// needs is told this way.
    record Invalid<T>(String why) implements Answer<T> {}

    /// No answer, or none that helps.
    ///
    /// @param perhapsDone whether it may have been carried out all the same
    record Failed<T>(boolean perhapsDone, String why) implements Answer<T> {}
}
