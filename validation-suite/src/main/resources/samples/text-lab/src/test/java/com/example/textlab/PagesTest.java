package com.example.textlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.textlab.answers.Notes;
import com.example.textlab.web.PageAdmin;
import com.example.textlab.web.Pages;
import com.example.textlab.web.Sessions;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final String id = UUID.randomUUID().toString();

    @Test
    void aSessionLivesUntilItEnds() {
        Sessions sessions = new Sessions(RedisUrl.get());

        assertNull(sessions.userOf(id));
        assertEquals(1, sessions.misses());
        sessions.start(id, "anna");
        assertEquals("anna", sessions.userOf(id));
        sessions.extend(id, "anna", Duration.ofHours(1));
        assertTrue(sessions.secondsLeft(id) > 3_000);
        assertTrue(sessions.end(id));
        assertFalse(sessions.end(id));
        sessions.stop();
    }

    @Test
    void pagesOfAFolderAreDropped() {
        Pages pages = new Pages(RedisUrl.get());
        pages.keep(id + "/a", "x".repeat(3_000));
        pages.keep(id + "/b", "b");
        pages.keep("other-" + id, "c");

        assertEquals(Optional.of("x".repeat(3_000)), pages.find(id + "/a"));
        assertEquals(2, pages.drop(id));
        assertEquals(Optional.empty(), pages.find(id + "/a"));
        assertEquals(Optional.of("c"), pages.find("other-" + id));
        assertTrue(pages.dropAll() >= 1);
        pages.close();
    }

    @Test
    void recentPagesAreSeen() {
        PageAdmin admin = new PageAdmin(RedisUrl.get());
        assertTrue(admin.ready());
        admin.see("/a", "page");
        assertTrue(admin.seen("/a"));
        assertTrue(admin.figures().endsWith(" 1 2"));
        assertFalse(admin.known(id));
        assertTrue(admin.forget("/a"));
        assertEquals(0, admin.forgetAll());
        admin.stop();
    }

    @Test
    void notesLieBesideTheAnswers() {
        Notes notes = new Notes(RedisUrl.get());
        notes.write(id, "a note", Duration.ofMinutes(20));
        assertEquals(Optional.of("a note"), notes.read(id));
        assertTrue(notes.found() > 0);
        assertTrue(notes.remove(id));
        notes.close();
    }
}
