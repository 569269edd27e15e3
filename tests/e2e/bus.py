# SPDX-License-Identifier: GPL-3.0-or-later
"""The widgets of a program over the accessibility bus. libatspi asks one question after the other, and each waits for its way there and back; here all
questions about a level of the tree are on their way together."""
import types

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE, PROPERTIES = "org.a11y.atspi.Accessible", "org.freedesktop.DBus.Properties"
ROOT = "/org/a11y/atspi/accessible/root"
# A program that is busy answers late.
ANSWER_MS = 60_000
TEXT_CHARACTERS = 4000


class Bus:
    """The accessibility bus of this session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, ANSWER_MS, None).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def ask(self, name, path, interface, method, arguments=None):
        """The one thing that is answered."""
        answer = self.connection.call_sync(name, path, interface, method, arguments, None, 0, ANSWER_MS, None).unpack()
        return answer[0] if len(answer) == 1 else answer

    def ask_all(self, questions):
        """The answers to many questions, in their order; None for one that is not answered: the widget has gone."""
        answers = [None] * len(questions)
        left = len(questions)

        def answered(connection, result, number):
            nonlocal left
            left -= 1
            try:
                answers[number] = connection.call_finish(result).unpack()[0]
            except GLib.Error:
                pass
        for number, question in enumerate(questions):
            self.connection.call(*question, None, 0, ANSWER_MS, None, answered, number)
        while left:
            GLib.MainContext.default().iteration(True)
        return answers

    def root_of(self, pid):
        """The top of the program with this process, if it has told the desktop of itself and has a window."""
        for name, path in self.ask("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren"):
            try:
                if self.ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                            GLib.Variant("(s)", (name,))) == pid:
                    root = Node(self, name, path)
                    return root if root.get_child_count() > 0 else None
            except GLib.Error:
                continue  # it went away
        return None


class States(int):
    def contains(self, state):
        return bool(self >> int(state) & 1)


class Node:
    """A widget. What begins with get_ is asked now, and fails with GLib.Error when the widget is gone; `name`, `role`, `states` and `children` are as they
    were when the tree was looked at."""

    kept = {}  # what never changes of a widget: its role's name and its interfaces

    def __init__(self, bus, owner, path):
        self.bus, self.owner, self.path = bus, owner, path
        self.name, self.role, self.states, self.children = "", "", States(), []

    def __eq__(self, other):
        return isinstance(other, Node) and (self.owner, self.path) == (other.owner, other.path)

    def __hash__(self):
        return hash((self.owner, self.path))

    def question(self, interface, method, arguments=None):
        return self.owner, self.path, interface, method, arguments

    def property(self, name, interface=ACCESSIBLE):
        return self.question(PROPERTIES, "Get", GLib.Variant("(ss)", (interface, name)))

    def ask(self, *question):
        return self.bus.ask(*self.question(*question))

    def node(self, reference):
        return Node(self.bus, *reference)

    def get_name(self):
        return self.bus.ask(*self.property("Name"))

    def get_role(self):
        return self.ask(ACCESSIBLE, "GetRole")

    def get_role_name(self):
        return role_name(self.get_role())

    def get_state_set(self):
        return to_states(self.ask(ACCESSIBLE, "GetState"))

    def get_parent(self):
        reference = self.bus.ask(*self.property("Parent"))
        return self.node(reference) if reference[0] else None

    def get_children(self):
        return [self.node(reference) for reference in self.ask(ACCESSIBLE, "GetChildren")]

    def get_child_count(self):
        return self.bus.ask(*self.property("ChildCount"))

    def get_child_at_index(self, index):
        return self.node(self.ask(ACCESSIBLE, "GetChildAtIndex", GLib.Variant("(i)", (index,))))

    def has(self, interface):
        key = (self.owner, self.path, "interfaces")
        if key not in Node.kept:
            Node.kept[key] = self.ask(ACCESSIBLE, "GetInterfaces")
        return "org.a11y.atspi." + interface in Node.kept[key]

    def get_action_iface(self):
        return self if self.has("Action") else None

    def get_text_iface(self):
        return self if self.has("Text") else None

    def get_editable_text_iface(self):
        return self if self.has("EditableText") else None

    def get_n_actions(self):
        return self.bus.ask(*self.property("NActions", "org.a11y.atspi.Action"))

    def do_action(self, index):
        return self.ask("org.a11y.atspi.Action", "DoAction", GLib.Variant("(i)", (index,)))

    def text_question(self, start, end):
        return self.question("org.a11y.atspi.Text", "GetText", GLib.Variant("(ii)", (start, end)))

    def get_text(self, start, end):
        return self.bus.ask(*self.text_question(start, end))

    def get_character_count(self):
        return self.bus.ask(*self.property("CharacterCount", "org.a11y.atspi.Text"))

    def set_text_contents(self, text):
        return self.ask("org.a11y.atspi.EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))

    def set_value(self, number):
        """Of a spin button, as its arrows do."""
        return self.ask(PROPERTIES, "Set", GLib.Variant("(ssv)", ("org.a11y.atspi.Value", "CurrentValue", GLib.Variant("d", number))))

    def get_extents(self, kind):
        return types.SimpleNamespace(**dict(zip(("x", "y", "width", "height"),
                                                self.ask("org.a11y.atspi.Component", "GetExtents", GLib.Variant("(u)", (int(kind),))))))


def to_states(words):
    return States(words[0] | words[1] << 32)


def role_name(number):
    return Atspi.role_get_name(Atspi.Role(number))


def look_at(nodes):
    """Fills in what there is to know of each; those that are gone are left out."""
    questions = []
    for node in nodes:
        questions += (node.property("Name"), node.question(ACCESSIBLE, "GetState"), node.question(ACCESSIBLE, "GetChildren"))
    answers = iter(nodes[0].bus.ask_all(questions) if nodes else ())
    found = []
    for node, name, states, children in zip(nodes, answers, answers, answers):
        if name is None or states is None or children is None:
            continue
        node.name, node.states, node.children = name, to_states(states), [node.node(reference) for reference in children]
        if not node.states.contains(Atspi.StateType.DEFUNCT):
            found.append(node)
    remember(found, "role", "GetRole", role_name)
    for node in found:
        node.role = Node.kept[node.owner, node.path, "role"]
    return [node for node in found if node.role is not None]


def remember(nodes, what, method, change=lambda answer: answer):
    """Asks for what never changes where it is not known yet."""
    unknown = [node for node in nodes if Node.kept.get((node.owner, node.path, what)) is None]
    answers = nodes[0].bus.ask_all([node.question(ACCESSIBLE, method) for node in unknown]) if unknown else []
    for node, answer in zip(unknown, answers):
        Node.kept[node.owner, node.path, what] = None if answer is None else change(answer)


def tree(start, goes_below):
    """`start` and all below it, each before its children, in their order; not those below one that `goes_below` says no of."""
    level = top = look_at([start])
    while level:
        for node in level:
            if not goes_below(node):
                node.children = []
        there = set(map(id, look_at([child for node in level for child in node.children])))
        for node in level:
            node.children = [child for child in node.children if id(child) in there]
        level = [child for node in level for child in node.children]
    return flat(top)


def flat(nodes):
    """These and all below them, as they were when they were looked at."""
    stack, found = list(reversed(nodes)), []
    while stack:
        found.append(stack.pop())
        stack.extend(reversed(found[-1].children))
    return found


def texts_of(nodes):
    """What can be read in each: its name, and its text."""
    remember(nodes, "interfaces", "GetInterfaces")
    readable = [node for node in nodes if "org.a11y.atspi.Text" in (Node.kept.get((node.owner, node.path, "interfaces")) or ())]
    inside = dict(zip(map(id, readable), readable[0].bus.ask_all([node.text_question(0, TEXT_CHARACTERS) for node in readable]) if readable else []))
    return [text for node in nodes for text in (node.name, inside.get(id(node))) if text]
