package dev.sluice.lambda;

/// A function in a process of its own: by takeover inside AWS's runtime, or by its `main`. Prints its hooks.
public final class EchoEntry extends Takeover {
    public EchoEntry() {
        super(System.getenv(), Echo::new);
    }

    public static void main(String[] arguments) {
        LambdaRuntime.run(System.getenv(), Echo::new);
    }

    private static final class Echo extends FakeFunction {
        @Override
        public void prime() {
            System.out.println("prime");
        }

        @Override
        public void beforeSnapshot() {
            System.out.println("before");
        }

        @Override
        public void afterRestore() {
            System.out.println("after");
        }
    }
}
