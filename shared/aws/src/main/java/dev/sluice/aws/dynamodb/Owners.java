package dev.sluice.aws.dynamodb;

/// Answers to what the owner asked for: there, or a failure in words.
final class Owners {
    private Owners() {}

    static <T> T need(Answer<T> answer) {
        return switch (answer) {
            case Answer.Ok<T>(T value) -> value;
            case Answer.Unmet<T> _ -> throw new StoreFailure("the table refused a condition that nobody set");
            case Answer.Invalid<T>(String why) -> throw new StoreFailure("DynamoDB refused: " + why);
            case Answer.Failed<T>(boolean _, String why) -> throw new StoreFailure("DynamoDB did not answer: " + why);
        };
    }
}
