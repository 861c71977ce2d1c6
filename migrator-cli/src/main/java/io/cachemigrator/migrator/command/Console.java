package io.cachemigrator.migrator.command;

import io.cachemigrator.migrator.report.Progress;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Scanner;

/** Where a command's text goes: results to standard output, progress and errors to standard error. */
final class Console implements Progress {
    private static final String[] COLOURS = {"\u001b[31m", "\u001b[32m", "\u001b[33m", "\u001b[1m"};
    private static final String RESET = "\u001b[0m";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean colour;
    private final boolean terminal;
    private final boolean quiet;

    Console(PrintStream out, PrintStream err, boolean colour, boolean terminal, boolean quiet) {
        this.out = out;
        this.err = err;
        this.colour = colour;
        this.terminal = terminal;
        this.quiet = quiet;
    }

    /** A console for one command line with these options. */
    Console with(boolean noColour, boolean beQuiet) {
        return new Console(out, err, colour && !noColour, terminal, beQuiet);
    }

    boolean interactive() {
        return terminal;
    }

    void print(String line) {
        out.println(colour ? coloured(line) : line);
    }

    void printRaw(String text) {
        out.println(text);
        out.flush();
    }

    void error(String line) {
        err.println(colour ? COLOURS[0] + line + RESET : line);
    }

    @Override
    public void line(String text) {
        if (!quiet) {
            err.println(text);
            err.flush();
        }
    }

    boolean ask(String question) {
        err.print(question + " [y/N] ");
        err.flush();
        Scanner scanner = new Scanner(System.in, Charset.defaultCharset());
        String answer = scanner.hasNextLine() ? scanner.nextLine().strip().toLowerCase(Locale.ROOT) : "";
        return answer.equals("y") || answer.equals("yes");
    }

    private static String coloured(String line) {
        String text = line.stripLeading();
        if (text.startsWith("BLOCKER") || text.startsWith("FAILED") || text.startsWith("-  ")) {
            return COLOURS[0] + line + RESET;
        }
        if (text.startsWith("warning") || text.startsWith("WARNING")) {
            return COLOURS[2] + line + RESET;
        }
        if (line.startsWith("+") && !line.startsWith("+++")) {
            return COLOURS[1] + line + RESET;
        }
        if (line.startsWith("-") && !line.startsWith("---")) {
            return COLOURS[0] + line + RESET;
        }
        return line.startsWith("== ") ? COLOURS[3] + line + RESET : line;
    }
}
