package dev.sluice.testkit;

class FakeCallBookTest extends CallBookContract {
    @Override
    protected CallSides fresh() {
        FakeCallBook book = new FakeCallBook();
        return new CallSides(book, book);
    }
}
