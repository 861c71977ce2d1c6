package com.example.supportdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.supportdesk.web.ReportAdmin;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportAdminTest {
    private final String id = UUID.randomUUID().toString();

    @Test
    void reportsOfALanguageAreRead() {
        ReportAdmin admin = new ReportAdmin(RedisUrl.get());
        assertTrue(admin.publish("/admin/" + id, "es", "hola"));
        assertEquals("hola", admin.read("/admin/" + id, "es"));
        assertEquals(2, admin.prepare(List.of("/admin/a" + id, "/admin/b" + id)));
        assertTrue(admin.figures().containsKey("hit_rate"));
        assertEquals(2, admin.withdrawAll("/admin/?" + id));
        assertTrue(admin.withdrawDaily() > 0);
        admin.stop();
    }
}
