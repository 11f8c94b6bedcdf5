"""Words that are names of people, too, and mostly mean something else when somebody writes about their work.

Not those that hardly ever do ("rossi", "bruno", "ricci"): a text too many that is kept back is better than a name.
"""

_ORDINARY = """
acqua alba alto amica amici amico amore angela angelo art arte attore aurora baker barbara bassa bassi basso
bella bello bianca bianco bill black borghi borgo boschi bosco bravo breve brown buoni buono camera campi
campo cantiere cara caro casa case castello celeste centro certa certo chiara chiari chiaro chiesa clemente
colle colli collina conte conti cook corte cortese costa costante costanza coste croce curia dale dean
domenica domenico drew duomo esposito fabbrica fay fedele felice ferma fermo festa field fiore fiori fiume
fontana fonte forest forte forti fortuna franca franchi franco gene giglio gioia giorno giudice giusta giusti
giusto gloria grace grande grandi grant grassi grazia grazie green guerra guida hall hill hope isola italia
italiano jack joy king lago lane leale letizia libera libero linda lombardi lombardo long luce luna lunghi
lungo maestri maestro maggio maggiore marca marche mare marina marino mark massima massimi massimo mattina may
medici medico mercato messa milano miles mills minori modesto molinari molino mondo monte monti monza moro
motta mura natale nave neri nero nobile norma notari notaro nuova nuove nuovi nuovo oliva onesti oro orso pace
padova padre pagano page palazzi palazzo palma papa parco parisi park parma pastore pat patti pavia pensa
perla piana piano piazza piccoli piccolo pietra pini pino ponte ponti porta porti porto povero prati prato
price prima primo principe priore prova punto quarta quarto re reale reed ricca ricco rich riva rocca roma
romana romani romano rosa rose rosso rota rusty sacco sala sale salvo sana sani santa santi santo scala
segretario sella sera serena sereno serra servi sesto sindaco sole sorte spina stabile stella stone strada sue
sunny taylor tempesta terra terzi testa tondo torino torre torri tosto trento umile urbani valente valenti
valle valli vera veri vero vicari vicario vice villa ville vincenti viola vita vitale viva volpe volta wade
ward west white will wood woods young zona
"""
_PARTICLES = """
and dagli dai dal dalla dalle dallo degli dei del della delle dello den der des dos las los san sant santa sul
sulla the van von zum zur
"""
ORDINARY = frozenset(_ORDINARY.split())
PARTICLES = frozenset(_PARTICLES.split())
"""Of names as "Della Valle"."""
